package dev.knowledgegraph.domain;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.Validator;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of a policy on what is inside one element; all broken ones are found at once. */
final class PolicyRules {
  private PolicyRules() {}

  static List<FieldError> node(Policy policy, NodeData data) {
    var validator = new Validator();
    content(policy, data.content(), validator);
    tags(policy, data.tags(), validator);
    position(policy, data.position(), validator);
    return validator.errors();
  }

  private static void content(Policy policy, Content content, Validator validator) {
    if (policy.titleRequired() && content.title().isBlank()) {
      validator.add("title", "expected a visible title, found none");
    }
    // chars >= code points: count only a text that may be too long.
    if (content.title().length() > policy.maxTitle()) {
      atMost("title", policy.maxTitle(), content.titleLength(), "characters", validator);
    }
    if (content.body().length() > policy.maxBody()) {
      atMost("body", policy.maxBody(), content.bodyLength(), "characters", validator);
    }
  }

  private static void tags(Policy policy, Tags tags, Validator validator) {
    atMost("tags", policy.maxTags(), tags.names().size(), "tags", validator);
    for (int i = 0; i < tags.names().size(); i++) {
      String tag = tags.names().get(i);
      int length = tag.codePointCount(0, tag.length());
      atMost("tags[" + i + "]", policy.maxTagLength(), length, "characters", validator);
    }
  }

  private static void position(Policy policy, @Nullable Coordinates at, Validator validator) {
    if (at == null) {
      return;
    }
    double[] axes = {at.x(), at.y(), at.z()};
    for (int i = 0; i < 3; i++) {
      validator.require(
          Math.abs(axes[i]) <= policy.maxCoordinate(),
          "position." + "xyz".charAt(i),
          "at most " + policy.maxCoordinate() + " from zero",
          axes[i]);
    }
  }

  static List<FieldError> weight(Policy policy, double weight) {
    if (weight >= policy.minWeight() && weight <= policy.maxWeight()) {
      return List.of();
    }
    String expected = policy.minWeight() + " to " + policy.maxWeight();
    return List.of(new FieldError("weight", "expected " + expected + ", found " + weight));
  }

  private static void atMost(
      String path, long limit, long found, String what, Validator validator) {
    if (found > limit) {
      validator.add(path, "expected at most " + limit + " " + what + ", found " + found);
    }
  }
}
