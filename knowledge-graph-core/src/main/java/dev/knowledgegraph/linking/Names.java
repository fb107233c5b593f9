package dev.knowledgegraph.linking;

import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.search.NodeTexts;
import dev.knowledgegraph.search.StopWords;
import dev.knowledgegraph.search.Terms;
import dev.knowledgegraph.search.WordScanner;
import dev.knowledgegraph.search.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a graph are called, and where a body calls them so.
 *
 * <p>A node's names are its title and its aliases: the properties {@code aliases} and {@code
 * alias}, as importers keep them, its key, and what of it follows the last slash, which is the file
 * of a note. A name is found as whole words, without case and accents, in every script; of two that
 * begin at the same word the longer one counts, and what it covers counts for no other. A name is
 * no name if it is shorter than said or has nothing but stop words. A title goes before an alias; a
 * name that several nodes have alike is nobody's.
 *
 * <p>The names are a trie over words, so a body is read once, whatever their number. For one
 * thread.
 */
public final class Names {
  private static final List<String> ALIASES = List.of("aliases", "alias");

  /** What is longer is a sentence. */
  private static final int MOST_WORDS = 32;

  /** Of a mention that is not written like the name. */
  private static final double OTHER_SPELLING = 0.9;

  private final int shortest;
  private final Branch root = new Branch();
  private final Map<NodeId, List<String>> byNode = new HashMap<>();
  private final Map<String, Integer> spread = new HashMap<>();
  private int texts;

  /** The words that may follow, and who is called by those so far. */
  private static final class Branch {
    private final Map<String, Branch> next = new HashMap<>();
    private final List<Holder> holders = new ArrayList<>(1);

    /** Who is meant; null if nobody is, or more than one. */
    @Nullable Holder meant() {
      Holder meant = null;
      boolean isShared = false;
      for (Holder holder : holders) {
        if (meant == null || (holder.isTitle && !meant.isTitle)) {
          meant = holder;
          isShared = false;
        } else if (holder.isTitle == meant.isTitle && !holder.node.equals(meant.node)) {
          isShared = true;
        }
      }
      return isShared ? null : meant;
    }
  }

  private record Holder(NodeId node, String name, boolean isTitle) {}

  /**
   * No names yet.
   *
   * @param shortest the least length of a name, in code points; one of a script without spaces
   *     counts twice
   */
  public Names(int shortest) {
    this.shortest = shortest;
  }

  /** Takes what a node is called now, whatever it was called before. */
  public void put(Node node) {
    remove(node.id());
    var names = new LinkedHashSet<>(List.of(node.title()));
    names.addAll(aliases(node));
    node.key().ifPresent(key -> names.addAll(namesIn(key)));
    for (String name : names) {
      Branch branch = branch(name, true);
      if (branch != null) {
        branch.holders.add(new Holder(node.id(), name, name.equals(node.title())));
        byNode.computeIfAbsent(node.id(), id -> new ArrayList<>(1)).add(name);
      }
    }
    texts++;
    new HashSet<>(Words.ofQuery(NodeTexts.forEmbedding(node)))
        .forEach(word -> spread.merge(word, 1, Integer::sum));
  }

  /** Forgets a node's names; how common words are is not counted back. */
  public void remove(NodeId node) {
    List<String> names = byNode.remove(node);
    if (names != null) {
      for (String name : names) {
        Branch branch = branch(name, false);
        if (branch != null) {
          branch.holders.removeIf(holder -> holder.node.equals(node));
        }
      }
    }
  }

  /** The names that a node is known by here. */
  public Collection<String> of(NodeId node) {
    return byNode.getOrDefault(node, List.of());
  }

  /** How many names nobody is meant by, because several nodes have them. */
  public int ambiguous() {
    return ambiguous(root);
  }

  private static int ambiguous(Branch branch) {
    int own = !branch.holders.isEmpty() && branch.meant() == null ? 1 : 0;
    return own + branch.next.values().stream().mapToInt(Names::ambiguous).sum();
  }

  /** A note is called by its file as well: by the path, which is its key, and by the end of it. */
  private static List<String> namesIn(NodeKey key) {
    String path = key.value();
    return List.of(path, path.substring(path.lastIndexOf('/') + 1));
  }

  private static List<String> aliases(Node node) {
    var aliases = new ArrayList<String>();
    for (String property : ALIASES) {
      node.properties()
          .find(property)
          .ifPresent(
              value -> {
                for (String text : NodeTexts.of(value)) {
                  boolean isList = value instanceof PropertyValue.Text;
                  for (String alias : isList ? text.split(",", -1) : new String[] {text}) {
                    aliases.add(alias.strip());
                  }
                }
              });
    }
    return aliases;
  }

  /** Where the words of a name lead; null if it is none, or nobody has it and none is made. */
  private @Nullable Branch branch(String name, boolean make) {
    List<String> words = Words.ofQuery(name);
    int length = 0;
    boolean isTelling = false;
    for (String word : words) {
      int characters = word.codePointCount(0, word.length());
      length += Terms.isUnspaced(word) ? 2 * characters : characters;
      isTelling |= !StopWords.english().contains(word);
    }
    if (length < shortest || words.size() > MOST_WORDS || !isTelling) {
      return null;
    }
    Branch branch = root;
    for (String word : words) {
      Branch next =
          make ? branch.next.computeIfAbsent(word, w -> new Branch()) : branch.next.get(word);
      if (next == null) {
        return null;
      }
      branch = next;
    }
    return branch;
  }

  /** Where a body has names of other nodes: each node once, the surest first, ties by id. */
  public List<Mention> in(NodeId node, Content content) {
    var found = new LinkedHashMap<NodeId, Mention>();
    var text = new Text(Prose.of(content));
    int word = 0;
    while (word < text.size()) {
      int end = longest(node, content.body(), text, word, found);
      int covered = end < 0 ? text.start(word) + 1 : text.end(end);
      do {
        word++;
      } while (word < text.size() && text.start(word) < covered);
    }
    return found.values().stream()
        .sorted(
            Comparator.comparingDouble(Mention::confidence)
                .reversed()
                .thenComparing(Mention::target))
        .toList();
  }

  /** Notes the longest name that begins at a word; the word it ends with, or -1 if none does. */
  private int longest(NodeId node, String body, Text text, int first, Map<NodeId, Mention> found) {
    Branch branch = root.next.get(text.term(first));
    int last = -1;
    Holder meant = null;
    boolean isLoose = false;
    for (int word = first; branch != null; ) {
      if (!branch.holders.isEmpty()) {
        Holder here = branch.meant();
        String written = body.substring(text.start(first), text.end(word));
        if (!isLoose || branch.holders.stream().anyMatch(h -> isSame(h.name, written))) {
          last = word;
          meant = here;
        }
      }
      word++;
      if (word == text.size() || text.isParted(word)) {
        break;
      }
      isLoose |= !text.isJoined(word);
      branch = branch.next.get(text.term(word));
    }
    if (meant != null && !meant.node.equals(node)) {
      String written = body.substring(text.start(first), text.end(last));
      found.merge(
          meant.node,
          mention(meant, body, text.start(first), written, text.terms(first, last)),
          Names::both);
    }
    return last;
  }

  private Mention mention(
      Holder meant, String body, int start, String written, List<String> words) {
    double byAccident = 1;
    for (String word : new HashSet<>(words)) {
      byAccident *= Math.min(1, (double) spread.getOrDefault(word, 1) / (texts + 1));
    }
    double spelling = isSpelled(written, meant.name) ? 1 : OTHER_SPELLING;
    return new Mention(
        meant.node,
        meant.name,
        body.codePointCount(0, start),
        written.codePointCount(0, written.length()),
        1,
        (1 - byAccident) * spelling);
  }

  private static Mention both(Mention a, Mention b) {
    return new Mention(
        a.target(),
        a.name(),
        a.start(),
        a.length(),
        a.times() + b.times(),
        Math.max(a.confidence(), b.confidence()));
  }

  /** Whether the letters are those of the name; marks around them are not looked at. */
  private static boolean isSpelled(String written, String name) {
    return WordScanner.composed(oneLine(name)).contains(WordScanner.composed(oneLine(written)));
  }

  private static boolean isSame(String name, String written) {
    return oneLine(name).equalsIgnoreCase(oneLine(written));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** The words of a prose, with their places. */
  private static final class Text {
    private static final String STOPS = ".!?;";
    private static final int MOST_MARKS = 3;

    private final String prose;
    private final List<String> terms = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();

    Text(String prose) {
      this.prose = prose;
      var scanner = WordScanner.forDocuments();
      scanner.reset(prose);
      while (scanner.next()) {
        terms.add(scanner.term().toString());
        starts.add(scanner.start());
        ends.add(scanner.end());
      }
    }

    int size() {
      return terms.size();
    }

    String term(int word) {
      return terms.get(word);
    }

    List<String> terms(int first, int last) {
      return terms.subList(first, last + 1);
    }

    int start(int word) {
      return starts.get(word);
    }

    int end(int word) {
      return ends.get(word);
    }

    /** Whether no name goes on at this word: a paragraph, or what is no prose, ends before it. */
    boolean isParted(int word) {
      int breaks = 0;
      for (int i = ends.get(word - 1); i < starts.get(word); i++) {
        char c = prose.charAt(i);
        if (c == Prose.BLANK || (c == '\n' && ++breaks > 1)) {
          return true;
        }
      }
      return false;
    }

    /** Whether a word follows the one before like the next of a name, and not a sentence later. */
    boolean isJoined(int word) {
      int marks = 0;
      boolean isStop = false;
      for (int i = ends.get(word - 1); i < starts.get(word); i++) {
        char c = prose.charAt(i);
        if (Character.isWhitespace(c) ? isStop : ++marks > MOST_MARKS) {
          return false;
        }
        isStop = STOPS.indexOf(c) >= 0;
      }
      return true;
    }
  }
}
