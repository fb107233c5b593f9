package dev.knowledgegraph.lambda;

import dev.knowledgegraph.error.ErrorCategory;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.functions.Attempt;
import dev.knowledgegraph.functions.FunctionNames;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Runs one function on one file with an event, on this machine:
 *
 * <pre>{@code
 * RunFunction FUNCTION FILE [--store ADDRESS] [--connections ADDRESS] [--endpoint URL]
 * }</pre>
 *
 * What is not said comes from the environment variables of {@link LambdaNames}. Prints the answer
 * that Lambda would get. Exit codes are those of {@code kg}: 0 done or ignored, 2 misuse, 4
 * refused, 6 a batch done in part, otherwise that of the error's {@link ErrorCategory}.
 */
public final class RunFunction {
  private static final int MISUSE = 2;
  private static final int IN_PART = 6;
  private static final String USAGE =
      "usage: RunFunction FUNCTION FILE [--store ADDRESS] [--connections ADDRESS] [--endpoint URL]";
  private static final Map<String, String> OPTIONS =
      Map.of(
          "--store", LambdaNames.STORE,
          "--connections", LambdaNames.CONNECTIONS,
          "--endpoint", LambdaNames.ENDPOINT);

  private RunFunction() {}

  /** Runs it and ends the process with the exit code. */
  public static void main(String[] args) {
    int exitCode = run(List.of(args), System.getenv(), System.out, System.err);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Runs it and answers the exit code. */
  static int run(
      List<String> args, Map<String, String> variables, PrintStream out, PrintStream err) {
    var all = new HashMap<>(variables);
    if (args.size() < 2 || !FunctionNames.ALL.contains(args.getFirst()) || !options(args, all)) {
      err.println(USAGE);
      err.println("functions: " + String.join(", ", FunctionNames.ALL));
      return MISUSE;
    }
    byte[] input;
    try {
      input = Files.readAllBytes(Path.of(args.get(1)));
    } catch (IOException | InvalidPathException e) {
      err.println("the file with the event cannot be read");
      return ErrorCategory.UNAVAILABLE.exitCode();
    }
    try (var environment = new FunctionEnvironment(all, Clock.systemUTC())) {
      return run(args.getFirst(), environment, input, out, err);
    } catch (IllegalArgumentException | IllegalStateException e) {
      err.println(e.getMessage());
      return MISUSE;
    } catch (KnowledgeGraphException e) {
      return told(e, err);
    }
  }

  private static boolean options(List<String> args, Map<String, String> variables) {
    for (int i = 2; i < args.size(); i += 2) {
      String variable = OPTIONS.get(args.get(i));
      if (variable == null || i + 1 == args.size()) {
        return false;
      }
      variables.put(variable, args.get(i + 1));
    }
    return true;
  }

  private static int run(
      String function,
      FunctionEnvironment environment,
      byte[] input,
      PrintStream out,
      PrintStream err) {
    return switch (function) {
      case FunctionNames.CONNECT_NODE ->
          shown(new ConnectNodeHandler(environment).invoke(input), out, err);
      case FunctionNames.CLEANUP -> shown(new CleanupHandler(environment).invoke(input), out, err);
      case FunctionNames.WS_SEND_MESSAGE ->
          shown(new WsSendMessageHandler(environment).invoke(input), out, err);
      case FunctionNames.WS_CONNECT -> shown(new WsConnectHandler(environment).status(input), out);
      default -> shown(new WsDisconnectHandler(environment).status(input), out);
    };
  }

  private static int shown(int status, PrintStream out) {
    print(InputJson.object().put("statusCode", status).toString(), out);
    return switch (status) {
      case SocketHandler.OK -> 0;
      case SocketHandler.UNAUTHORIZED, SocketHandler.FORBIDDEN ->
          ErrorCategory.FORBIDDEN.exitCode();
      case SocketHandler.GONE -> ErrorCategory.NOT_FOUND.exitCode();
      default ->
          List.of(ErrorCategory.values()).stream()
              .filter(category -> category.httpStatus() == status)
              .findFirst()
              .orElse(ErrorCategory.UNEXPECTED)
              .exitCode();
    };
  }

  private static int shown(Invocation invocation, PrintStream out, PrintStream err) {
    print(invocation.answer(), out);
    List<? extends Attempt<?>> troubled =
        invocation.attempts().stream().filter(Predicate.not(RunFunction::isWell)).toList();
    if (troubled.isEmpty()) {
      return 0;
    }
    if (troubled.size() < invocation.attempts().size()) {
      return IN_PART;
    }
    return switch (troubled.getFirst()) {
      case Attempt.Refused<?> refused -> ErrorCategory.INVALID.exitCode();
      case Attempt.Failed<?>(KnowledgeGraphException e) -> told(e, err);
      default -> ErrorCategory.UNEXPECTED.exitCode();
    };
  }

  private static boolean isWell(Attempt<?> attempt) {
    return attempt instanceof Attempt.Done<?> || attempt instanceof Attempt.Ignored<?>;
  }

  private static int told(KnowledgeGraphException e, PrintStream err) {
    err.println(e.code() + ": " + e.getMessage());
    return e.category().exitCode();
  }

  private static void print(String json, PrintStream out) {
    out.writeBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
