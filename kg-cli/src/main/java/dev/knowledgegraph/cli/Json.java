package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads JSON; loaded only by commands that do. */
final class Json {
  static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}
}
