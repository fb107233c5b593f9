package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.event.CategoryEvent;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent;
import dev.knowledgegraph.event.NodeEvent;
import dev.knowledgegraph.event.SettingsEvent;
import dev.knowledgegraph.event.SettingsEvent.GraphAutoLinkChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphCreated;
import dev.knowledgegraph.linking.LinkListener;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.linking.Names;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.Storage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links nodes that are new or say something new, in graphs whose setting asks for it: in the
 * background, after their commit, from a checkpoint in the graph's log. What fails is logged and
 * tried again with the next commit, and what a process left undone is done with the graph's first
 * commit in the next one; whoever writes notices nothing of it. Its own commits hold edges alone,
 * which are nothing new to it.
 */
final class AutoLinking implements AutoCloseable {
  /** The name of the checkpoint. */
  static final String SUBSCRIBER = "auto-link";

  private static final Logger LOG = LoggerFactory.getLogger(AutoLinking.class);
  private static final int COMMITS = 100;
  private static final int GRAPHS_WITH_NAMES = 4;

  private final Storage storage;
  private final Supplier<Linker> linker;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<GraphRef, AutoLink> settings = new HashMap<>();

  /** Graphs with news, each with the commit up to which nothing is to be linked. */
  private final Map<GraphRef, Long> waiting = new LinkedHashMap<>();

  private boolean started;
  private boolean closed;

  private final ReentrantLock working = new ReentrantLock();
  private final Map<GraphRef, Long> failed = new LinkedHashMap<>();
  private final Map<GraphRef, Names> names =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<GraphRef, Names> eldest) {
          return size() > GRAPHS_WITH_NAMES;
        }
      };

  AutoLinking(Storage storage, Supplier<Linker> linker) {
    this.storage = storage;
    this.linker = linker;
  }

  /** Takes note of a commit; returns at once. */
  void follow(Commit commit) {
    GraphRef graph = commit.graph();
    AutoLink said = said(commit.entry().events().getFirst());
    boolean isSwitched = said != null;
    lock.lock();
    try {
      if (said != null) {
        settings.put(graph, said);
      }
      if (setting(graph) == AutoLink.OFF) {
        return;
      }
      waiting.merge(graph, isSwitched ? commit.entry().position().sequence() : 0, Math::max);
      news.signal();
      if (!started) {
        started = true;
        Thread.ofVirtual().name("knowledge-graph-auto-linking").start(this::run);
      }
    } catch (KnowledgeGraphException e) {
      LOG.warn("whether graph {} is linked could not be read", graph.id(), e);
    } finally {
      lock.unlock();
    }
  }

  /** What an event says of the setting; null if nothing. */
  private static @Nullable AutoLink said(GraphEvent event) {
    return switch (event) {
      case GraphCreated created -> created.data().autoLink();
      case GraphAutoLinkChanged changed -> changed.autoLink();
      default -> null;
    };
  }

  /** Read once, and then told by the log: every commit asks for it. */
  private AutoLink setting(GraphRef graph) {
    return settings.computeIfAbsent(
        graph, ref -> storage.findGraph(ref.id()).map(Graph::autoLink).orElse(AutoLink.OFF));
  }

  private void run() {
    while (awaitNews()) {
      drain();
    }
  }

  private boolean awaitNews() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        news.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Links all that waits, in this thread. */
  void drain() {
    working.lock();
    try {
      take().forEach((graph, from) -> failed.merge(graph, from, Math::max));
      List.copyOf(failed.entrySet()).forEach(each -> tryToLink(each.getKey(), each.getValue()));
    } finally {
      working.unlock();
    }
  }

  private void tryToLink(GraphRef graph, long from) {
    try {
      link(graph, from);
      failed.remove(graph);
    } catch (RuntimeException e) {
      names.remove(graph);
      LOG.warn("linking in graph {} failed; it is tried again with the next commit", graph.id(), e);
    }
  }

  private Map<GraphRef, Long> take() {
    lock.lock();
    try {
      var taken = new LinkedHashMap<>(waiting);
      waiting.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void link(GraphRef graph, long from) {
    Set<LinkMethod> methods =
        storage.findGraph(graph.id()).map(Graph::autoLink).orElse(AutoLink.OFF).methods();
    if (methods.isEmpty()) {
      return;
    }
    long done = storage.checkpoint(SUBSCRIBER, graph);
    if (from > done) {
      done = from;
      storage.saveCheckpoint(SUBSCRIBER, graph, done);
    }
    List<Committed> commits = storage.read(graph, done, COMMITS);
    while (!commits.isEmpty()) {
      var changed = new LinkedHashSet<NodeId>();
      commits.forEach(commit -> commit.events().forEach(event -> collectChanged(event, changed)));
      if (!changed.isEmpty()) {
        link(graph, methods, changed);
      }
      done = commits.getLast().position().sequence();
      storage.saveCheckpoint(SUBSCRIBER, graph, done);
      commits = storage.read(graph, done, COMMITS);
    }
  }

  private void link(GraphRef graph, Set<LinkMethod> methods, Set<NodeId> changed) {
    var live = storage.nodes(graph, changed, GraphReader.LATEST);
    var wanted = LinkSettings.standard().withMethods(methods);
    Names known = null;
    if (methods.contains(LinkMethod.MENTION)) {
      known = names.get(graph);
      if (known == null) {
        known = MentionLinks.names(storage, graph, wanted);
        names.put(graph, known);
      } else {
        for (NodeId id : changed) {
          Node node = live.get(id);
          if (node == null || node.status() == NodeStatus.ARCHIVED) {
            known.remove(id);
          } else {
            known.put(node);
          }
        }
      }
    }
    if (!live.isEmpty()) {
      linker
          .get()
          .link(
              new Linker.Task(graph.owner(), graph, wanted, live.keySet(), false, SUBSCRIBER),
              known,
              LinkListener.NONE);
    }
  }

  /** Notes the nodes that an event may have given other words, or that came or went. */
  private static void collectChanged(GraphEvent event, Set<NodeId> nodes) {
    switch (event) {
      case ImportEvent.NodesImported e -> e.nodes().forEach(added -> nodes.add(added.node()));
      case NodeEvent e -> collectChanged(e, nodes);
      case ImportEvent.EdgesImported e -> {}
      case ImportEvent.ImportStarted e -> {}
      case ImportEvent.ImportFinished e -> {}
      case EdgeEvent e -> {}
      case CategoryEvent e -> {}
      case SettingsEvent e -> {}
    }
  }

  private static void collectChanged(NodeEvent event, Set<NodeId> nodes) {
    switch (event) {
      case NodeEvent.NodeMerged e -> nodes.addAll(List.of(e.node(), e.absorbed()));
      case NodeEvent.NodeUnmerged e -> nodes.addAll(List.of(e.node(), e.absorbed()));
      case NodeEvent.NodeAdded e -> nodes.add(e.node());
      case NodeEvent.NodeContentChanged e -> nodes.add(e.node());
      case NodeEvent.NodeTagged e -> nodes.add(e.node());
      case NodeEvent.NodeUntagged e -> nodes.add(e.node());
      case NodeEvent.NodePropertiesChanged e -> nodes.add(e.node());
      case NodeEvent.NodeArchived e -> nodes.add(e.node());
      case NodeEvent.NodeRestored e -> nodes.add(e.node());
      case NodeEvent.NodeRemoved e -> nodes.add(e.node());
      case NodeEvent.NodeRelabelled e -> {}
      case NodeEvent.NodeMoved e -> {}
      case NodeEvent.NodePublished e -> {}
      case NodeEvent.NodeKeyed e -> {}
      case NodeEvent.NodeCategorized e -> {}
      case NodeEvent.NodeUncategorized e -> {}
    }
  }

  /** Links what still waits. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signal();
    } finally {
      lock.unlock();
    }
    drain();
  }
}
