import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Formats every Java file of the project, or checks that somebody did: {@code Format apply|check
 * ROOT OUTPUT VERSION}.
 *
 * <p>The whole tree takes one JVM. OUTPUT is a folder for two files: {@code well-formatted}
 * remembers by hash what was found to be so, and such a file is only looked at again once it has
 * changed; {@code complaints} is there when something is wrong, and the build fails on it.
 */
public final class Format {
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules");

  private final boolean apply;
  private final Path root;
  private final Set<String> remembered;
  private final String version;

  private Format(boolean apply, Path root, Set<String> remembered, String version) {
    this.apply = apply;
    this.root = root;
    this.remembered = remembered;
    this.version = version;
  }

  /** Ends with 2 on wrong usage; what it found is in {@code complaints}. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4 || !List.of("apply", "check").contains(args[0])) {
      System.err.println("usage: Format apply|check ROOT OUTPUT VERSION");
      System.exit(2);
    }
    Path output = Files.createDirectories(Path.of(args[2]));
    Path memory = output.resolve("well-formatted");
    Path complaints = output.resolve("complaints");
    Set<String> remembered =
        Files.exists(memory) ? new HashSet<>(Files.readAllLines(memory)) : Set.of();
    var format =
        new Format(args[0].equals("apply"), Path.of(args[1]).toRealPath(), remembered, args[3]);
    List<Result> results = format.sources().parallelStream().map(format::handle).toList();

    Files.write(
        memory, results.stream().map(Result::hash).filter(Objects::nonNull).sorted().toList());
    Files.deleteIfExists(complaints);
    List<String> wrong = results.stream().map(Result::complaint).filter(Objects::nonNull).toList();
    if (!wrong.isEmpty()) {
      Files.write(complaints, wrong);
      System.err.println("These files are not formatted:");
      wrong.forEach(complaint -> System.err.println("  " + complaint));
    }
  }

  private record Result(String hash, String complaint) {}

  private Result handle(Path file) {
    try {
      String source = Files.readString(file);
      String hash = hash(source);
      if (remembered.contains(hash)) {
        return new Result(hash, null);
      }
      String formatted = new Formatter().formatSourceAndFixImports(source);
      if (formatted.equals(source)) {
        return new Result(hash, null);
      }
      if (apply) {
        Files.writeString(file, formatted);
        System.out.println("formatted " + root.relativize(file));
        return new Result(hash(formatted), null);
      }
      return new Result(null, root.relativize(file) + ":" + firstDifference(source, formatted));
    } catch (FormatterException e) {
      return new Result(null, root.relativize(file) + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skip =
                !folder.equals(root) && (name.startsWith(".") || NOT_OURS.contains(name));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().endsWith(".java")) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }

  private static int firstDifference(String source, String formatted) {
    List<String> have = source.lines().toList();
    List<String> want = formatted.lines().toList();
    int line = 0;
    while (line < Math.min(have.size(), want.size()) && have.get(line).equals(want.get(line))) {
      line++;
    }
    return line + 1;
  }

  private String hash(String source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(version.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(source.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
