package dev.knowledgegraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher of an installation, with programs in the place of Java that print how they were
 * called.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final Path DIST = Path.of("src/main/dist");

  @TempDir Path temp;
  private Path installation;

  @BeforeEach
  void install() throws IOException {
    installation = temp.resolve("an installation");
    for (String file : List.of("bin/kg", "lib/launcher.sh")) {
      Path target = installation.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(DIST.resolve(file), target);
    }
    Files.createFile(installation.resolve("lib/kg-cli-1.0.jar"));
    Files.createFile(installation.resolve("lib/sqlite-jdbc-3.0.jar"));
  }

  @Test
  void java_home_is_taken_if_it_is_new_enough() throws Exception {
    Path jdk = jdk("jdk 21", "21.0.4");

    assertThat(kg(Map.of("JAVA_HOME", jdk.toString()), "version")).startsWith(jdk + " ");
  }

  @Test
  void a_java_in_the_path_is_found_through_links() throws Exception {
    Path jdk = jdk("jdk", "22");
    Path link = Files.createDirectories(temp.resolve("links")).resolve("java");
    Files.createSymbolicLink(link, Path.of("../jdk/bin/java"));

    assertThat(kg(Map.of("PATH", link.getParent() + ":/usr/bin:/bin"), "version"))
        .startsWith(temp.resolve("links/../jdk") + " ");
    assertThat(jdk).exists();
  }

  @Test
  void an_older_java_home_is_passed_over() throws Exception {
    Path old = jdk("old", "17.0.15");
    Path home = temp.resolve("home");
    Path jdk = jdk("home/.jdks/temurin-99", "99.0.1+7-EA");

    assertThat(
            kg(
                Map.of(
                    "JAVA_HOME", old.toString(), "HOME", home.toString(), "PATH", "/usr/bin:/bin"),
                "version"))
        .doesNotStartWith(old.toString())
        .matches(output -> output.startsWith(jdk + " ") || !output.startsWith(temp.toString()));
  }

  @Test
  void arguments_arrive_as_they_were_typed() throws Exception {
    Path jdk = jdk("jdk", "21");

    assertThat(kg(Map.of("JAVA_HOME", jdk.toString()), "node", "add", "--title", "Zoë's  *", ""))
        .endsWith("[node][add][--title][Zoë's  *][]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"import", "export", "batch", "restore"})
  void long_commands_are_optimized(String command) throws Exception {
    Path jdk = jdk("jdk", "21");

    assertThat(kg(Map.of("JAVA_HOME", jdk.toString()), "--store", "s", command, "file"))
        .doesNotContain("TieredStopAtLevel");
    assertThat(kg(Map.of("JAVA_HOME", jdk.toString()), "--store", "s", "node", "get", "x"))
        .contains("TieredStopAtLevel=1");
  }

  @Test
  void options_for_java_can_be_given() throws Exception {
    Path jdk = jdk("jdk", "21");

    assertThat(
            kg(Map.of("JAVA_HOME", jdk.toString(), "KG_JAVA_OPTIONS", "-Xmx3g -Dx=y"), "version"))
        .contains("[-Xmx3g][-Dx=y][-jar]");
  }

  @Test
  void what_was_prepared_is_prepared_once() throws Exception {
    Path jdk = jdk("jdk", "21.0.4");
    Path archive = installation.resolve("kg-java-21.0.4.jsa");

    kg(Map.of("JAVA_HOME", jdk.toString()), "version");
    assertThat(archive).exists();
    Files.writeString(archive, "prepared");
    kg(Map.of("JAVA_HOME", jdk.toString()), "version");

    assertThat(archive).hasContent("prepared");
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = temp.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    Path java = jdk.resolve("bin/java");
    Files.writeString(
        java, "#!/usr/bin/env bash\nprintf '%s ' \"${0%/bin/java}\"\nprintf '[%s]' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return jdk;
  }

  private String kg(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("bash", installation.resolve("bin/kg").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "KG_JAVA_OPTIONS"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
