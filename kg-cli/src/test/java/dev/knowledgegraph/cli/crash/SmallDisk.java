package dev.knowledgegraph.cli.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few kilobytes; only the administrator of a Linux can make one. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  static boolean isPossible() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("user.name").equals("root")
        && run("unshare", "--mount", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt")
            == 0;
  }

  static SmallDisk mount(Path folder, int kilobytes) throws IOException {
    Files.createDirectories(folder);
    var disk = new SmallDisk(folder);
    disk.mount("size=" + kilobytes + "k", "tmpfs");
    return disk;
  }

  Path folder() {
    return folder;
  }

  void resize(int kilobytes) {
    mount("remount,size=" + kilobytes + "k", "tmpfs");
  }

  void makeReadOnly(boolean readOnly) {
    mount("remount," + (readOnly ? "ro" : "rw"), "tmpfs");
  }

  private void mount(String options, String device) {
    int exitCode = run("mount", "-t", "tmpfs", "-o", options, device, folder.toString());
    if (exitCode != 0) {
      throw new IllegalStateException("cannot mount: " + options + " at " + folder);
    }
  }

  @Override
  public void close() {
    if (run("umount", folder.toString()) != 0) {
      run("umount", "--lazy", folder.toString());
    }
  }

  private static int run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        System.out.println(String.join(" ", command) + ": " + said.strip());
      }
      return exitCode;
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
