package dev.knowledgegraph.tck.kit;

import dev.knowledgegraph.query.Counts;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Storage;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes everything, keeps nothing, and knows nothing. */
final class UselessStorage {
  private UselessStorage() {}

  static Storage create() {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> nothing(method));
  }

  private static @Nullable Object nothing(Method method) {
    return switch (method.getReturnType().getSimpleName()) {
      case "List" -> List.of();
      case "Map" -> Map.of();
      case "Set" -> Set.of();
      case "Optional" -> Optional.empty();
      case "GraphHead" -> GraphHead.EMPTY;
      case "Counts" -> new Counts(0, 0, Map.of(), Map.of(), Map.of());
      case "Page" -> new Page<>(List.of(), 0, null);
      case "long" -> 0L;
      case "int" -> 0;
      case "boolean" -> false;
      default -> null;
    };
  }
}
