package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent;
import dev.knowledgegraph.event.NodeEvent;
import dev.knowledgegraph.event.SettingsEvent;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.search.NodeTexts;
import dev.knowledgegraph.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

/**
 * Takes the logs of graphs into one generation of the index. Commits are taken together as long as
 * none of them changes a node that another one changes too: then the state of each node after all
 * of them is that after its own, and one read of the storage gives them all. Nodes that were only
 * added need no read: the event says everything.
 *
 * <p>For one thread at a time; {@link LuceneIndex} holds the lock.
 */
final class Projection {
  private static final int FEWEST_COMMITS = 4;
  private static final int MOST_COMMITS = 512;
  private static final int MANY_NODES = 5_000;
  private static final int TOGETHER = 256;
  private static final int REMEMBERED = 200_000;

  /** What is known of a node none of whose versions holds still. */
  private static final Latest ENDED = new Latest(0, false);

  private final Generation generation;
  private final Storage storage;
  private final RecentCommits recent;
  private final LuceneSearchConfig config;
  private final Analysis analysis;

  /** Where versions began, or that they ended, which the states that questions see do not show. */
  private final Map<BytesRef, Latest> latest = new HashMap<>();

  private int readTogether = FEWEST_COMMITS;

  Projection(
      Generation generation, Storage storage, RecentCommits recent, LuceneSearchConfig config) {
    this.generation = generation;
    this.storage = storage;
    this.recent = recent;
    this.config = config;
    this.analysis = new Analysis(config.language());
  }

  /**
   * The version of a node that holds still.
   *
   * @param from the commit that made it
   * @param first whether the node had no version before
   */
  private record Latest(long from, boolean first) {}

  /** What a few commits do to nodes. */
  private static final class Pending {
    final Map<NodeId, Node> added = new LinkedHashMap<>();
    final Map<NodeId, Long> changed = new LinkedHashMap<>();
    final Map<NodeId, Long> addedAt = new HashMap<>();

    boolean hasAny(Set<NodeId> nodes) {
      return nodes.stream().anyMatch(node -> changed.containsKey(node) || added.containsKey(node));
    }

    int size() {
      return added.size() + changed.size();
    }
  }

  /**
   * Takes the next few commits of a graph; what it took is not seen before {@link #refresh}.
   *
   * @return whether there were any
   */
  boolean step(GraphRef graph) throws IOException {
    Checkpoint checkpoint = generation.data().checkpoint(graph);
    List<Committed> commits = recent.after(graph, checkpoint.sequence(), readTogether);
    if (commits.isEmpty()) {
      commits = storage.read(graph, checkpoint.sequence(), readTogether);
    }
    if (commits.isEmpty()) {
      return false;
    }
    var pending = new Pending();
    int documents = 0;
    boolean superseded = false;
    long done = checkpoint.sequence();
    for (Committed commit : commits) {
      var touched = touched(commit);
      if (pending.hasAny(touched)) {
        superseded |= !pending.changed.isEmpty();
        documents += write(graph, pending, done);
        pending = new Pending();
      }
      collect(graph, commit, touched, pending);
      done = commit.position().sequence();
      if (isRemoval(commit)) {
        pending = new Pending();
        documents += forget(graph);
      }
    }
    superseded |= !pending.changed.isEmpty();
    documents += write(graph, pending, done);
    readTogether =
        documents >= MANY_NODES ? FEWEST_COMMITS : Math.min(MOST_COMMITS, readTogether * 2);
    generation.advance(
        generation.data().with(checkpoint.at(commits.getLast()), superseded),
        Math.max(documents, 1));
    if (latest.size() > REMEMBERED) {
      refresh();
    }
    return true;
  }

  private static Set<NodeId> touched(Committed commit) {
    var nodes = new HashSet<NodeId>();
    for (GraphEvent event : commit.events()) {
      switch (event) {
        case NodeEvent.NodeMerged merged -> {
          nodes.add(merged.node());
          nodes.add(merged.absorbed());
        }
        case NodeEvent.NodeUnmerged unmerged -> {
          nodes.add(unmerged.node());
          nodes.add(unmerged.absorbed());
        }
        case NodeEvent other -> nodes.add(other.node());
        case ImportEvent.NodesImported imported ->
            imported.nodes().forEach(added -> nodes.add(added.node()));
        default -> {}
      }
    }
    return nodes;
  }

  private static void collect(
      GraphRef graph, Committed commit, Set<NodeId> touched, Pending pending) {
    var isAdded = new HashMap<NodeId, Boolean>();
    for (GraphEvent event : commit.events()) {
      if (event instanceof NodeEvent.NodeAdded added) {
        add(graph, commit, added, pending, isAdded);
      } else if (event instanceof ImportEvent.NodesImported imported) {
        imported.nodes().forEach(added -> add(graph, commit, added, pending, isAdded));
      } else if (event instanceof NodeEvent changed) {
        isAdded.put(changed.node(), false);
      }
    }
    for (NodeId node : touched) {
      if (!isAdded.getOrDefault(node, false)) {
        pending.added.remove(node);
        pending.changed.put(node, commit.position().sequence());
      }
    }
  }

  /** A node that was only added is what the event says. */
  private static void add(
      GraphRef graph,
      Committed commit,
      NodeEvent.NodeAdded added,
      Pending pending,
      Map<NodeId, Boolean> isAdded) {
    isAdded.put(added.node(), true);
    pending.addedAt.put(added.node(), commit.position().sequence());
    pending.added.put(
        added.node(),
        new Node(
            added.node(), graph.id(), added.data(), List.of(), commit.time(), commit.time(), 1));
  }

  private static boolean isRemoval(Committed commit) {
    return commit.events().stream().anyMatch(SettingsEvent.GraphRemoved.class::isInstance);
  }

  /** A graph that has ended is answered to nobody, so nothing of it is kept. */
  private int forget(GraphRef graph) throws IOException {
    generation.writer().deleteDocuments(new Term(Fields.SCOPE, NodeDocument.scope(graph)));
    latest.clear();
    return 1;
  }

  private int write(GraphRef graph, Pending pending, long at) throws IOException {
    if (pending.size() == 0) {
      return 0;
    }
    var live =
        pending.changed.isEmpty()
            ? Map.<NodeId, Node>of()
            : storage.nodes(graph, pending.changed.keySet(), at);
    var nodes = new ArrayList<Node>(pending.added.values());
    nodes.addAll(live.values());
    // First, as it may fail: nothing has begun or ended then.
    List<float[]> vectors =
        InParallel.each(nodes.size(), TOGETHER, (from, to) -> embed(nodes.subList(from, to)));
    for (var changed : pending.changed.entrySet()) {
      end(graph, changed.getKey(), changed.getValue());
    }
    begin(graph, nodes, pending, vectors);
    return nodes.size() + pending.changed.size();
  }

  /** Begins versions; of many nodes with all processors: most of an import's time goes here. */
  private void begin(GraphRef graph, List<Node> nodes, Pending pending, List<float[]> vectors)
      throws IOException {
    InParallel.each(
        nodes.size(),
        TOGETHER,
        (from, to) -> {
          var documents = new DocumentMaker(analysis);
          for (int i = from; i < to; i++) {
            Node node = nodes.get(i);
            Latest version = version(pending, node.id());
            generation
                .writer()
                .addDocument(
                    documents.of(graph, node, version.from(), version.first(), vectors.get(i)));
          }
          return List.of();
        });
    nodes.forEach(
        node -> remember(NodeDocument.node(graph.id(), node.id()), version(pending, node.id())));
  }

  private List<float[]> embed(List<Node> nodes) {
    return config.embedder().embedDocuments(nodes.stream().map(NodeTexts::forEmbedding).toList());
  }

  private static Latest version(Pending pending, NodeId node) {
    Long changed = pending.changed.get(node);
    return changed != null
        ? new Latest(changed, false)
        : new Latest(pending.addedAt.getOrDefault(node, 0L), true);
  }

  /**
   * Ends the version of a node that holds still, if there is one. The first is the only document of
   * the node at that moment, and has no term of its own: ids are never used again.
   */
  private void end(GraphRef graph, NodeId node, long at) throws IOException {
    IndexWriter writer = generation.writer();
    BytesRef key = NodeDocument.node(graph.id(), node);
    if (!config.history()) {
      writer.deleteDocuments(new Term(Fields.NODE, key));
      return;
    }
    Latest known = latest.get(key);
    Latest version = known != null ? known : find(key);
    if (!version.equals(ENDED)) {
      writer.updateNumericDocValue(
          version.first()
              ? new Term(Fields.NODE, key)
              : new Term(Fields.VERSION, NodeDocument.version(graph.id(), node, version.from())),
          Fields.TO,
          at);
      remember(key, ENDED);
    }
  }

  private void remember(BytesRef node, Latest version) {
    if (config.history()) {
      latest.put(node, version);
    }
  }

  /** The version that holds still, as far as questions see. */
  private Latest find(BytesRef node) throws IOException {
    Snapshot snapshot = generation.acquire();
    try {
      Latest found = ENDED;
      int versions = 0;
      for (LeafReaderContext leaf : snapshot.getIndexReader().leaves()) {
        PostingsEnum documents = leaf.reader().postings(new Term(Fields.NODE, node));
        if (documents == null) {
          continue;
        }
        var to = DocValues.getNumeric(leaf.reader(), Fields.TO);
        var from = DocValues.getNumeric(leaf.reader(), Fields.FROM);
        var live = leaf.reader().getLiveDocs();
        for (int doc = documents.nextDoc();
            doc != DocIdSetIterator.NO_MORE_DOCS;
            doc = documents.nextDoc()) {
          if (live != null && !live.get(doc)) {
            continue;
          }
          versions++;
          if (to.advanceExact(doc)
              && to.longValue() == NodeDocument.NOW
              && from.advanceExact(doc)) {
            found = new Latest(from.longValue(), false);
          }
        }
      }
      return versions == 1 && !found.equals(ENDED) ? new Latest(found.from(), true) : found;
    } finally {
      generation.release(snapshot);
    }
  }

  /** Lets questions see what was taken. */
  void refresh() throws IOException {
    generation.refresh();
    latest.clear();
  }
}
