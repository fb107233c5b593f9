package dev.knowledgegraph.error;

import dev.knowledgegraph.model.NodeKey;
import java.util.List;

/**
 * Why a command or query was refused: a value, not a failure. New cases may come in a minor
 * release. Each has a stable {@link #code}; {@link #message} is for people.
 */
public sealed interface Rejection {
  /** Stable, for programs. */
  String code();

  ErrorCategory category();

  /** What was expected, what was found, and the way out; never a property value or a secret. */
  String message();

  /** Nothing of this kind has this id, key or name. */
  record NotFound(String kind, String id) implements Rejection {
    @Override
    public String code() {
      return kind.toUpperCase(java.util.Locale.ROOT) + "_NOT_FOUND";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.NOT_FOUND;
    }

    @Override
    public String message() {
      return "no " + kind + " " + id;
    }
  }

  /** The caller may read this graph, but not do this with it. */
  record Forbidden(String graph) implements Rejection {
    @Override
    public String code() {
      return "FORBIDDEN";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.FORBIDDEN;
    }

    @Override
    public String message() {
      return "graph " + graph + " belongs to somebody else, who lets others only read it";
    }
  }

  /** One or more fields break a rule or a limit; all of them are listed. */
  record Invalid(List<FieldError> errors) implements Rejection {
    public Invalid {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "INVALID";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.INVALID;
    }

    @Override
    public String message() {
      return String.join("; ", errors.stream().map(FieldError::toString).toList());
    }
  }

  /** A rule of the graph's policy or of the domain refuses it. */
  record RuleBroken(String rule, String message) implements Rejection {
    @Override
    public String code() {
      return rule;
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.INVALID;
    }
  }

  /** A limit of the graph's policy is reached. */
  record LimitExceeded(String limit, long allowed, long actual) implements Rejection {
    @Override
    public String code() {
      return "LIMIT_EXCEEDED";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.INVALID;
    }

    @Override
    public String message() {
      return limit + ": the graph's policy allows " + allowed + ", this would make " + actual;
    }
  }

  /** An id, once used, is never used again. */
  record IdTaken(String kind, String id) implements Rejection {
    @Override
    public String code() {
      return "ID_TAKEN";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }

    @Override
    public String message() {
      return "the " + kind + " id " + id + " is or was in use; ids are never used again";
    }
  }

  /** Another live node has this key. */
  record KeyTaken(NodeKey key, String holder) implements Rejection {
    @Override
    public String code() {
      return "KEY_TAKEN";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }

    @Override
    public String message() {
      return "the key " + key + " belongs to node " + holder;
    }
  }

  /** The owner has a graph of this name already. */
  record NameTaken(String name) implements Rejection {
    @Override
    public String code() {
      return "NAME_TAKEN";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }

    @Override
    public String message() {
      return "there is a graph named " + name + " already";
    }
  }

  /** The element has changed since the caller looked. */
  record VersionMismatch(String element, long expected, long actual) implements Rejection {
    @Override
    public String code() {
      return "VERSION_MISMATCH";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }

    @Override
    public String message() {
      return element
          + " is at version "
          + actual
          + ", expected "
          + expected
          + "; read it again and repeat";
    }
  }

  /** The idempotency key was used for another command within the last 24 hours. */
  record CommandIdReused(String key) implements Rejection {
    @Override
    public String code() {
      return "COMMAND_ID_REUSED";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }

    @Override
    public String message() {
      return "the idempotency key " + key + " was used for another command; use a new one";
    }
  }

  /** One item of an atomic bulk command was refused, so none was carried out. */
  record ItemRejected(int index, Rejection reason) implements Rejection {
    @Override
    public String code() {
      return reason.code();
    }

    @Override
    public ErrorCategory category() {
      return reason.category();
    }

    @Override
    public String message() {
      return "item " + index + ": " + reason.message() + "; nothing was changed";
    }
  }
}
