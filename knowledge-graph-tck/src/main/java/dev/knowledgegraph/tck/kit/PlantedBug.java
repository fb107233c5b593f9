package dev.knowledgegraph.tck.kit;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.query.Counts;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.Revision;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Lease;
import dev.knowledgegraph.spi.Receipt;
import dev.knowledgegraph.spi.ShapeSink;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Mistakes that storages are known to make, each with the test that must catch it. */
public enum PlantedBug {
  LOST_UPDATE(Suites.All.Race.class, "of_many_appends_at_one_head_exactly_one_wins") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public synchronized void append(List<Commit> commits) {
          commits.forEach(
              commit -> super.append(List.of(at(storage().head(commit.graph()), commit))));
        }
      };
    }

    private static Commit at(GraphHead head, Commit commit) {
      var entry = commit.entry();
      long next = head.sequence() + 1;
      return new Commit(
          commit.graph(),
          head.sequence(),
          new Committed(
              new Position(commit.graph().id(), next),
              entry.time(),
              entry.actor(),
              entry.commandId(),
              entry.correlationId(),
              entry.causationId(),
              entry.events()),
          commit.changes(),
          new GraphHead(
              next,
              commit.head().time(),
              commit.head().nodes(),
              commit.head().edges(),
              commit.head().fingerprint()),
          commit.receipt());
    }
  },

  SWALLOWED_CONFLICT(
      Suites.All.Condition.class, "a_commit_decided_before_the_last_one_is_a_conflict") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public void append(List<Commit> commits) {
          try {
            super.append(commits);
          } catch (ConflictException e) {
            assert e.retryable();
          }
        }
      };
    }
  },

  HALF_APPEND(Suites.All.Condition.class, "nothing_of_the_call_is_written_in_any_graph") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public void append(List<Commit> commits) {
          commits.forEach(commit -> super.append(List.of(commit)));
        }
      };
    }
  },

  SKIPPING_READER(
      Suites.All.Position.class, "a_read_begins_after_the_given_number_and_ends_at_the_limit") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<Committed> read(GraphRef graph, long after, int limit) {
          return super.read(graph, after == 0 ? 0 : after + 1, limit);
        }
      };
    }
  },

  READER_THAT_SEES_A_LATER_COMMIT_FIRST(
      Suites.All.Position.class, "pollers_see_every_commit_once_and_in_order_while_writers_race") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<Committed> read(GraphRef graph, long after, int limit) {
          var found = super.read(graph, after, limit);
          boolean isLate = !found.isEmpty() && found.getFirst().position().sequence() % 7 == 0;
          return isLate && limit < 100 ? super.read(graph, after + 1, limit) : found;
        }
      };
    }
  },

  DOUBLING_READER(
      Suites.All.Position.class, "a_read_begins_after_the_given_number_and_ends_at_the_limit") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<Committed> read(GraphRef graph, long after, int limit) {
          return super.read(graph, after - 1, limit);
        }
      };
    }
  },

  FOLDED_CASE_OF_KEYS(
      Suites.All.Identifier.class, "keys_and_titles_that_look_alike_stay_distinct") {
    @Override
    public Storage in(Storage sound) {
      return looselyKeyed(sound, text -> text.toLowerCase(Locale.ROOT));
    }
  },

  NORMALIZED_KEYS(Suites.All.Identifier.class, "keys_and_titles_that_look_alike_stay_distinct") {
    @Override
    public Storage in(Storage sound) {
      return looselyKeyed(sound, text -> Normalizer.normalize(text, Normalizer.Form.NFC));
    }
  },

  TRIMMED_KEYS(Suites.All.Identifier.class, "keys_and_titles_that_look_alike_stay_distinct") {
    @Override
    public Storage in(Storage sound) {
      return looselyKeyed(sound, String::trim);
    }
  },

  TRUNCATED_BODY(Suites.All.Limit.class, "the_longest_of_everything_comes_back_as_it_was") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public Map<NodeId, Node> nodes(GraphRef graph, Collection<NodeId> ids, long at) {
          var found = new HashMap<>(super.nodes(graph, ids, at));
          found.replaceAll((id, node) -> shortened(node));
          return found;
        }
      };
    }

    private static Node shortened(Node node) {
      var body = node.body();
      return new Node(
          node.id(),
          node.graph(),
          node.data().body(body.substring(0, Math.min(body.length(), 65_536))),
          node.categories(),
          node.created(),
          node.updated(),
          node.version());
    }
  },

  DANGLING_EDGE(Suites.All.Read.class, "no_edge_is_without_an_end_at_any_moment") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<Edge> edgesOf(
            GraphRef graph,
            Collection<NodeId> nodes,
            Direction direction,
            Collection<EdgeType> types,
            long at) {
          var found = super.edgesOf(graph, nodes, direction, types, at);
          return found.isEmpty() && at > 1
              ? super.edgesOf(graph, nodes, direction, types, at - 1)
              : found.stream().map(edge -> withoutTarget(edge)).toList();
        }
      };
    }

    private static Edge withoutTarget(Edge edge) {
      EdgeData data = edge.data().withEnds(edge.source(), NodeId.of(new java.util.UUID(9, 9)));
      return new Edge(
          edge.id(), edge.graph(), data, edge.created(), edge.updated(), edge.version());
    }
  },

  DIRECTION_BY_STORED_ENDS(
      Suites.All.Read.class, "a_bidirectional_edge_counts_in_every_direction_from_both_ends") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<Edge> edgesOf(
            GraphRef graph,
            Collection<NodeId> nodes,
            Direction direction,
            Collection<EdgeType> types,
            long at) {
          return super.edgesOf(graph, nodes, direction, types, at).stream()
              .filter(
                  edge ->
                      (nodes.contains(edge.source()) && direction != Direction.INCOMING)
                          || (nodes.contains(edge.target()) && direction != Direction.OUTGOING))
              .toList();
        }
      };
    }
  },

  SHAPE_WITHOUT_WEIGHTS(
      Suites.All.Shape.class, "the_shape_is_that_of_all_nodes_and_edges_at_every_moment") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public void readShape(GraphRef graph, long at, ShapeSink sink) {
          super.readShape(
              graph,
              at,
              new ShapeSink() {
                @Override
                public void node(int number, NodeId id) {
                  sink.node(number, id);
                }

                @Override
                public void edge(
                    int source, int target, EdgeType type, boolean directed, double weight) {
                  sink.edge(source, target, type, directed, 1);
                }
              });
        }
      };
    }
  },

  LEAK_TO_ANOTHER_OWNER(Suites.All.Read.class, "another_owner_sees_nothing_of_a_graph") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public Map<EdgeId, Edge> edges(GraphRef graph, Collection<EdgeId> ids, long at) {
          var owner = findGraph(graph.id()).map(Graph::owner).orElse(graph.owner());
          return super.edges(new GraphRef(owner, graph.id()), ids, at);
        }
      };
    }
  },

  LEAK_OF_THE_LOG(Suites.All.Read.class, "another_owner_sees_nothing_of_a_graph") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<Committed> read(GraphRef graph, long after, int limit) {
          var owner = findGraph(graph.id()).map(Graph::owner).orElse(graph.owner());
          return super.read(new GraphRef(owner, graph.id()), after, limit);
        }
      };
    }
  },

  AS_OF_IS_LATEST(Suites.All.Read.class, "every_earlier_state_can_be_read_as_it_was") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public Map<NodeId, Node> nodes(GraphRef graph, Collection<NodeId> ids, long at) {
          return super.nodes(graph, ids, LATEST);
        }
      };
    }
  },

  AS_OF_IS_ONE_LATE(Suites.All.Read.class, "every_earlier_state_can_be_read_as_it_was") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public Counts counts(GraphRef graph, long at) {
          return super.counts(graph, at == LATEST ? at : at - 1);
        }
      };
    }
  },

  STALE_HEAD(Suites.All.Append.class, "the_head_is_that_of_the_last_commit") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        private final Map<GraphRef, GraphHead> cache = new ConcurrentHashMap<>();

        @Override
        public GraphHead head(GraphRef graph) {
          return cache.computeIfAbsent(graph, super::head);
        }
      };
    }
  },

  FORGOTTEN_FINGERPRINT(
      Suites.All.Rebuild.class, "a_store_made_from_the_log_alone_answers_everything_alike") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public GraphHead head(GraphRef graph) {
          var head = super.head(graph);
          var mixed = new Fingerprint(System.identityHashCode(this), 0, 0, 0);
          return new GraphHead(head.sequence(), head.time(), head.nodes(), head.edges(), mixed);
        }
      };
    }
  },

  FORGOTTEN_CHECKPOINT(
      Suites.All.Checkpoint.class, "a_checkpoint_is_what_was_saved_last_and_0_before") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public void saveCheckpoint(String subscriber, GraphRef graph, long sequence) {}
      };
    }
  },

  CHECKPOINT_THAT_NEVER_GOES_BACK(
      Suites.All.Checkpoint.class, "a_checkpoint_is_what_was_saved_last_and_0_before") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public void saveCheckpoint(String subscriber, GraphRef graph, long sequence) {
          super.saveCheckpoint(
              subscriber, graph, Math.max(sequence, checkpoint(subscriber, graph)));
        }
      };
    }
  },

  ONE_CHECKPOINT_FOR_ALL(
      Suites.All.Checkpoint.class, "subscribers_and_graphs_have_checkpoints_of_their_own") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public long checkpoint(String subscriber, GraphRef graph) {
          return super.checkpoint("all", graph);
        }

        @Override
        public void saveCheckpoint(String subscriber, GraphRef graph, long sequence) {
          super.saveCheckpoint("all", graph, sequence);
        }
      };
    }
  },

  LEASE_THAT_ANYBODY_TAKES(
      Suites.All.Lease.class, "a_lease_is_replaced_only_by_who_knows_how_it_stands") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public boolean replaceLease(String name, Lease expected, Lease next) {
          return super.replaceLease(name, lease(name), next);
        }
      };
    }
  },

  LEASE_THAT_TWO_GET(Suites.All.Lease.class, "of_many_that_take_a_lease_at_once_one_gets_it") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public boolean replaceLease(String name, Lease expected, Lease next) {
          super.replaceLease(name, expected, next);
          return lease(name).term() == next.term();
        }
      };
    }
  },

  FORGOTTEN_LETTER(Suites.All.DeadLetter.class, "letters_stay_when_their_graph_is_removed") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public void park(String subscriber, GraphRef graph, List<DeadLetter> letters) {
          letters.stream().limit(1).forEach(one -> parkUnlessRemoved(subscriber, graph, one));
        }

        private void parkUnlessRemoved(String subscriber, GraphRef graph, DeadLetter letter) {
          if (findGraph(graph.id()).isPresent()) {
            super.park(subscriber, graph, List.of(letter));
          }
        }
      };
    }
  },

  LETTER_THAT_NEVER_CHANGES(
      Suites.All.DeadLetter.class, "a_letter_is_found_as_it_was_parked_last") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public void park(String subscriber, GraphRef graph, List<DeadLetter> letters) {
          if (super.parked(subscriber, graph, null, 1).isEmpty()) {
            super.park(subscriber, graph, letters);
          }
        }
      };
    }
  },

  PAGE_OF_LETTERS_THAT_BEGINS_TOO_EARLY(
      Suites.All.DeadLetter.class, "a_page_begins_after_a_place_and_ends_at_the_limit") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<DeadLetter> parked(
            String subscriber, GraphRef graph, @Nullable EventPlace after, int limit) {
          EventPlace before = after == null ? null : EventPlace.commit(after.sequence());
          return super.parked(subscriber, graph, before, limit);
        }
      };
    }
  },

  ONE_PLACE_FOR_ALL_LETTERS(
      Suites.All.DeadLetter.class, "subscribers_and_graphs_have_letters_of_their_own") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public void park(String subscriber, GraphRef graph, List<DeadLetter> letters) {
          super.park(subscriber.toLowerCase(Locale.ROOT), graph, letters);
        }
      };
    }
  },

  LETTERS_OF_WHOEVER_ASKS(
      Suites.All.DeadLetter.class, "another_owner_neither_sees_nor_changes_a_letter") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<DeadLetter> parked(
            String subscriber, GraphRef graph, @Nullable EventPlace after, int limit) {
          var found = findGraph(graph.id()).map(Graph::ref).orElse(graph);
          return super.parked(subscriber, found, after, limit);
        }
      };
    }
  },

  ETERNAL_RECEIPT(
      Suites.All.Receipt.class, "a_receipt_comes_back_as_it_was_written_while_it_is_young_enough") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public Optional<Receipt> findReceipt(GraphRef graph, String key, Instant notBefore) {
          return super.findReceipt(graph, key, Instant.MIN);
        }
      };
    }
  },

  NO_RECEIPT(
      Suites.All.Receipt.class, "a_repeated_command_gets_the_same_answer_and_changes_nothing") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public Optional<Receipt> findReceipt(GraphRef graph, String key, Instant notBefore) {
          return Optional.empty();
        }
      };
    }
  },

  FORGOTTEN_IDS(Suites.All.Read.class, "a_history_has_every_state_once_and_ids_stay_known") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public Set<NodeId> usedNodeIds(GraphRef graph, Collection<NodeId> ids) {
          return super.nodes(graph, ids, LATEST).keySet();
        }
      };
    }
  },

  HISTORY_WITHOUT_END(Suites.All.Read.class, "a_node_that_comes_back_has_a_gap_in_its_history") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<Revision<Node>> nodeHistory(GraphRef graph, NodeId id) {
          return super.nodeHistory(graph, id).stream()
              .map(each -> new Revision<>(each.state(), each.from(), Revision.NOW))
              .toList();
        }
      };
    }
  },

  PAGES_BY_NUMBER(
      Suites.All.Read.class, "pages_show_what_was_there_exactly_once_whatever_comes_in_between") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public Page<Node> listNodes(
            GraphRef graph, NodeFilter filter, NodeSort sort, Page.Request page, long at) {
          int from = page.after() == null ? 0 : Integer.parseInt(page.after());
          var all =
              super.listNodes(graph, filter, sort, new Page.Request(Page.MAX_SIZE, null), at)
                  .items();
          int to = Math.min(from + page.size(), all.size());
          return new Page<>(
              all.subList(Math.min(from, to), to),
              all.size(),
              to < all.size() ? String.valueOf(to) : null);
        }
      };
    }
  },

  LOG_THAT_ENDS_WITH_ITS_GRAPH(
      Suites.All.Append.class, "a_removed_graph_is_gone_but_its_log_and_its_past_stay") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<Committed> read(GraphRef graph, long after, int limit) {
          return findGraph(graph.id()).isEmpty() ? List.of() : super.read(graph, after, limit);
        }
      };
    }
  },

  LOGS_OF_LIVE_GRAPHS_ONLY(
      Suites.All.Append.class, "every_graph_with_a_log_is_named_once_and_new_ones_come_last") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public List<GraphRef> logs(@Nullable GraphRef after, int limit) {
          return super.logs(after, limit).stream()
              .filter(graph -> findGraph(graph.id()).isPresent())
              .toList();
        }
      };
    }
  },

  REMOVED_GRAPH_THAT_IS_STILL_FOUND(
      Suites.All.Append.class, "a_removed_graph_is_gone_but_its_log_and_its_past_stay") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        private final Map<GraphId, Graph> seen = new ConcurrentHashMap<>();

        @Override
        public Optional<Graph> findGraph(GraphId id) {
          super.findGraph(id).ifPresent(graph -> seen.put(id, graph));
          return Optional.ofNullable(seen.get(id));
        }

        @Override
        public void append(List<Commit> commits) {
          for (Commit commit : commits) {
            super.append(List.of(commit));
            findGraph(commit.graph().id());
          }
        }
      };
    }
  },

  OPEN_AFTER_CLOSE(Suites.All.Close.class, "a_closed_storage_refuses_every_call") {
    @Override
    public Storage in(Storage sound) {
      return new StorageDecorator(sound) {
        @Override
        public void close() {}
      };
    }
  };

  private final Class<?> suite;
  private final String test;

  PlantedBug(Class<?> suite, String test) {
    this.suite = suite;
    this.test = test;
  }

  /** A storage with this bug, otherwise {@code sound}. */
  public abstract Storage in(Storage sound);

  Class<?> suite() {
    return suite;
  }

  /** The test that must fail. */
  public String test() {
    return test;
  }

  private static Storage looselyKeyed(Storage sound, UnaryOperator<String> form) {
    return new StorageDecorator(sound) {
      private final Map<String, NodeKey> known = new ConcurrentHashMap<>();

      @Override
      public Map<NodeKey, Node> nodesByKey(GraphRef graph, Collection<NodeKey> keys, long at) {
        var found = new HashMap<NodeKey, Node>();
        for (NodeKey key : keys) {
          var first = known.computeIfAbsent(form.apply(key.value()), text -> key);
          super.nodesByKey(graph, List.of(first), at)
              .values()
              .forEach(node -> found.put(key, node));
        }
        return found;
      }
    };
  }
}
