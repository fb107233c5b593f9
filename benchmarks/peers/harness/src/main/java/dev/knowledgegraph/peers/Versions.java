package dev.knowledgegraph.peers;

import java.io.File;

/** Versions of libraries, from the names of their archives on the class path. */
public final class Versions {
  private Versions() {}

  /** That of an artifact, with its name. */
  public static String of(String artifact) {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = new File(entry).getName();
      if (name.matches(artifact + "-\\d.*\\.jar")) {
        return artifact + " " + name.substring(artifact.length() + 1, name.length() - 4);
      }
    }
    return artifact + " of this build";
  }
}
