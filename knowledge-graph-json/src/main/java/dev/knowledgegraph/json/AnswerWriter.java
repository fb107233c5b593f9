package dev.knowledgegraph.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.Analysis;
import dev.knowledgegraph.query.Views;
import dev.knowledgegraph.spi.GraphHead;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what {@link AnswerReader} reads. */
record AnswerWriter(JsonGenerator json) {
  void answer(Object answer) throws IOException {
    switch (answer) {
      case Optional<?> found when found.isPresent() -> fields("optional", found.get());
      case Optional<?> none -> fields("optional");
      case List<?> all -> fields("list", all.toArray());
      default -> value(answer);
    }
  }

  void value(Object value) throws IOException {
    switch (value) {
      case GraphHead head ->
          fields(
              "head",
              head.sequence(),
              head.time(),
              head.nodes(),
              head.edges(),
              head.fingerprint().hex());
      case Node node -> node(node);
      case Edge edge -> edge(edge);
      case Views view -> view(view);
      case Analysis analysis -> analysis(analysis);
      default -> throw unknown(value);
    }
  }

  private static IllegalArgumentException unknown(Object value) {
    return new IllegalArgumentException(
        "expected an answer that is kept, found " + value.getClass().getSimpleName());
  }

  private void fields(String name, Object... fields) throws IOException {
    json.writeStartArray();
    json.writeString(name);
    for (Object field : fields) {
      field(field);
    }
    json.writeEndArray();
  }

  private void field(Object field) throws IOException {
    switch (field) {
      case String text -> json.writeString(Json.bounded(text));
      case Long number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case Double number -> json.writeNumber(Json.finite("answer", number));
      case Boolean flag -> json.writeBoolean(flag);
      case Enum<?> constant -> json.writeString(constant.name());
      case Instant time -> json.writeString(time.toString());
      case LocalDate day -> json.writeString(day.toString());
      case List<?> all -> list(all);
      case Map<?, ?> counts -> counts(counts);
      default -> value(field);
    }
  }

  private void list(List<?> all) throws IOException {
    json.writeStartArray();
    for (Object each : all) {
      field(each);
    }
    json.writeEndArray();
  }

  private void counts(Map<?, ?> counts) throws IOException {
    json.writeStartObject();
    for (var count : counts.entrySet()) {
      json.writeFieldName(Json.bounded((String) count.getKey()));
      json.writeNumber((Long) count.getValue());
    }
    json.writeEndObject();
  }

  private void node(Node node) throws IOException {
    json.writeStartArray();
    json.writeString("node");
    json.writeString(node.id().toString());
    json.writeString(node.graph().toString());
    ValueJson.write(json, node.data());
    ValueJson.write(json, node.categories());
    lifetime(node.created(), node.updated(), node.version());
  }

  private void edge(Edge edge) throws IOException {
    json.writeStartArray();
    json.writeString("edge");
    json.writeString(edge.id().toString());
    json.writeString(edge.graph().toString());
    ValueJson.write(json, edge.data());
    lifetime(edge.created(), edge.updated(), edge.version());
  }

  private void lifetime(Instant created, Instant updated, long version) throws IOException {
    json.writeString(created.toString());
    json.writeString(updated.toString());
    json.writeNumber(version);
    json.writeEndArray();
  }

  private void view(Views view) throws IOException {
    switch (view) {
      case Views.Neighbor near -> fields("neighbor", near.node(), near.distance());
      case Views.Neighborhood near ->
          fields("neighborhood", near.node(), near.depth(), near.total(), near.neighbors());
      case Views.Route route -> fields("route", route.nodes(), route.edges(), route.weight());
      case Views.Subgraph part -> fields("subgraph", part.nodes(), part.edges(), part.complete());
      case Views.Pattern found -> fields("pattern", found.kind(), found.nodes(), found.score());
      case Views.Statistics all ->
          fields(
              "statistics",
              all.sequence(),
              all.nodes(),
              all.edges(),
              all.labels(),
              all.types(),
              all.tags(),
              all.components(),
              all.orphans(),
              all.density(),
              all.averageDegree(),
              all.maxDegree());
      case Views.TimelineBucket bucket ->
          fields(
              "bucket",
              bucket.start(),
              bucket.commits(),
              bucket.nodesAdded(),
              bucket.nodesRemoved(),
              bucket.edgesAdded(),
              bucket.edgesRemoved());
      default -> throw unknown(view);
    }
  }

  private void analysis(Analysis analysis) throws IOException {
    switch (analysis) {
      case Analysis.RankedNode ranked -> fields("ranked", ranked.node(), ranked.score());
      case Analysis.Ranking all -> fields("ranking", all.metric(), all.nodes());
      case Analysis.Community each ->
          fields(
              "community",
              each.id(),
              each.name(),
              each.cohesion(),
              each.central(),
              texts(each.members()));
      case Analysis.Communities all -> fields("communities", all.modularity(), all.communities());
      case Analysis.Component part -> fields("component", texts(part.members()));
      case Analysis.Chain chain -> fields("chain", chain.nodes(), chain.weight(), chain.crossed());
      case Analysis.Chains all -> fields("chains", all.chains(), all.cut());
      case Analysis.Affected hit ->
          fields("affected", hit.node(), hit.distance(), hit.lost(), hit.cutOff(), hit.tier());
      case Analysis.Impact impact ->
          fields(
              "impact",
              impact.node(),
              impact.risk(),
              impact.total(),
              impact.affected(),
              impact.communities());
      case Analysis.PossibleLink link ->
          fields("link", link.source(), link.target(), link.score(), link.reason());
      case Analysis.NotableEdge notable ->
          fields("notable", notable.source(), notable.edge(), notable.target(), notable.reason());
      case Analysis.Report report ->
          fields(
              "report",
              report.statistics(),
              report.hubs(),
              report.central(),
              report.communities(),
              report.bridges(),
              report.surprising(),
              report.orphans(),
              report.suggestions(),
              report.growth());
      case Analysis.Tier part -> throw unknown(part);
      case Analysis.Risk part -> throw unknown(part);
      case Analysis.LinkMeasure part -> throw unknown(part);
    }
  }

  private static List<String> texts(List<?> ids) {
    return ids.stream().map(Object::toString).toList();
  }
}
