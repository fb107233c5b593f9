package dev.knowledgegraph.io;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the note that a link means: by its path from the root (or from the linking note, if it
 * starts with {@code ./} or {@code ../}); by the end of a path, shortest first; by an alias; by a
 * folder's {@code index} or {@code readme}. Case does not matter.
 */
final class LinkIndex {
  private static final Pattern EXTENSION =
      Pattern.compile(
          "\\.(png|jpe?g|gif|svg|webp|bmp|pdf|mp[34]|webm|wav|ogg|mov|canvas|base|excalidraw|"
              + "drawio|csv|json|js|ts|lua|html?|css|zip|txt)$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ALIAS = Pattern.compile("\\\\?\\|");

  /** In the order of the code points. */
  static final Comparator<String> BY_CODE_POINT = LinkIndex::compareCodePoints;

  private final Map<String, String> exact = new HashMap<>();
  private final Map<String, String> suffixes = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Set<String> attachments = new HashSet<>();

  /** What became of a link. */
  enum Status {
    RESOLVED,
    SELF,
    ATTACHMENT,
    UNRESOLVED
  }

  /**
   * The answer.
   *
   * @param key the note, if the link is resolved
   */
  record Target(Status status, @Nullable String key) {}

  /**
   * Takes in the notes.
   *
   * @param notes from the key, the path without {@code .md}, to the aliases
   * @param others the paths of the files that are no notes
   */
  LinkIndex(Map<String, List<String>> notes, Collection<String> others) {
    List<String> order = new ArrayList<>(notes.keySet());
    order.sort(
        Comparator.<String>comparingInt(key -> key.codePointCount(0, key.length()))
            .thenComparing(key -> key + ".md", BY_CODE_POINT));
    for (String key : order) {
      String folded = fold(key);
      exact.putIfAbsent(folded, key);
      suffixes.putIfAbsent(folded, key);
      for (int slash = folded.indexOf('/'); slash >= 0; slash = folded.indexOf('/', slash + 1)) {
        suffixes.putIfAbsent(folded.substring(slash + 1), key);
      }
      for (String alias : notes.getOrDefault(key, List.of())) {
        aliases.putIfAbsent(fold(alias), key);
      }
    }
    for (String other : others) {
      String folded = fold(other);
      attachments.add(folded);
      for (int slash = folded.indexOf('/'); slash >= 0; slash = folded.indexOf('/', slash + 1)) {
        attachments.add(folded.substring(slash + 1));
      }
    }
  }

  /** The target that is written in a link, without alias and anchor. */
  static String written(String raw) {
    String target = ALIAS.split(raw, 2)[0];
    int anchor = target.indexOf('#');
    String name = (anchor < 0 ? target : target.substring(0, anchor)).strip();
    return name.substring(MarkdownText.leading(name, "^"));
  }

  /** Resolves what stands between the brackets of a link in the note {@code source}. */
  Target resolve(String source, String raw) {
    String name = written(raw);
    if (name.isEmpty()) {
      return new Target(Status.SELF, source);
    }
    String path = fold(name);
    if (path.startsWith("./") || path.startsWith("../")) {
      int slash = source.lastIndexOf('/');
      path = normalize((slash < 0 ? "" : fold(source.substring(0, slash + 1))) + path);
    }
    path = path.substring(MarkdownText.leading(path, "/"));
    if (path.endsWith(".md")) {
      path = path.substring(0, path.length() - 3);
    }
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String found = exact.get(path);
    if (found == null) {
      found = suffixes.get(path);
    }
    if (found == null) {
      found = aliases.get(fold(name));
    }
    if (found == null) {
      found = exact.get(path + "/index");
    }
    if (found == null) {
      found = exact.get(path + "/readme");
    }
    if (found != null) {
      return new Target(Status.RESOLVED, found);
    }
    boolean attachment = EXTENSION.matcher(path).find() || attachments.contains(path);
    return new Target(attachment ? Status.ATTACHMENT : Status.UNRESOLVED, null);
  }

  private static String normalize(String path) {
    var parts = new ArrayDeque<String>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return parts.isEmpty() ? "." : String.join("/", parts);
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean oneSurrogate = Character.isSurrogate(x) != Character.isSurrogate(y);
        return oneSurrogate ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
