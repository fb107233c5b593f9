package dev.knowledgegraph.internal;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.EdgeEvent.EdgeRemoved;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.NodeEvent.NodeMerged;
import dev.knowledgegraph.event.NodeEvent.NodeRemoved;
import dev.knowledgegraph.event.NodeEvent.NodeUnmerged;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.query.Views.TimelineBucket;
import dev.knowledgegraph.query.Views.TimelineUnit;
import dev.knowledgegraph.spi.EventStore;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.TreeMap;

/** Counts what the log says, span by span. */
final class Timelines {
  private static final int BATCH = 100;

  private Timelines() {}

  static List<TimelineBucket> of(EventStore log, GraphRef graph, TimelineUnit unit, long at) {
    var buckets = new TreeMap<LocalDate, TimelineBucket>();
    long last = 0;
    List<Committed> batch;
    do {
      batch = log.read(graph, last, BATCH);
      for (var commit : batch) {
        last = commit.position().sequence();
        if (last > at) {
          return List.copyOf(buckets.values());
        }
        var counted = count(start(commit.time(), unit), commit);
        buckets.merge(counted.start(), counted, Timelines::sum);
      }
    } while (!batch.isEmpty());
    return List.copyOf(buckets.values());
  }

  private static LocalDate start(Instant time, TimelineUnit unit) {
    var day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    return switch (unit) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  private static TimelineBucket count(LocalDate start, Committed commit) {
    return commit.events().stream()
        .map(event -> count(start, event))
        .reduce(new TimelineBucket(start, 1, 0, 0, 0, 0), Timelines::sum);
  }

  private static TimelineBucket count(LocalDate start, GraphEvent event) {
    return switch (event) {
      case NodeAdded added -> new TimelineBucket(start, 0, 1, 0, 0, 0);
      case NodesImported imported -> new TimelineBucket(start, 0, imported.nodes().size(), 0, 0, 0);
      case NodeRemoved removed -> new TimelineBucket(start, 0, 0, 1, 0, 0);
      case NodeMerged merged -> new TimelineBucket(start, 0, 0, 1, 0, 0);
      case NodeUnmerged unmerged ->
          new TimelineBucket(start, 0, 1, 0, unmerged.restored().ended().size(), 0);
      case EdgeAdded added -> new TimelineBucket(start, 0, 0, 0, 1, 0);
      case EdgesImported imported -> new TimelineBucket(start, 0, 0, 0, imported.edges().size(), 0);
      case EdgeRemoved removed -> new TimelineBucket(start, 0, 0, 0, 0, 1);
      default -> new TimelineBucket(start, 0, 0, 0, 0, 0);
    };
  }

  private static TimelineBucket sum(TimelineBucket a, TimelineBucket b) {
    return new TimelineBucket(
        a.start(),
        a.commits() + b.commits(),
        a.nodesAdded() + b.nodesAdded(),
        a.nodesRemoved() + b.nodesRemoved(),
        a.edgesAdded() + b.edgesAdded(),
        a.edgesRemoved() + b.edgesRemoved());
  }
}
