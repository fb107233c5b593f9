package dev.knowledgegraph.tck.fault;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Counts the calls, by method. May be shared between threads. */
public final class CountingStorage extends StorageDecorator {
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

  /** Around {@code storage}, from 0. */
  public CountingStorage(Storage storage) {
    super(storage);
  }

  /** How many calls of a method there were. */
  public long calls(String method) {
    var adder = calls.get(method);
    return adder == null ? 0 : adder.sum();
  }

  /** How many calls there were. */
  public long calls() {
    return calls.values().stream().mapToLong(LongAdder::sum).sum();
  }

  @Override
  protected <R> R call(String method, Supplier<R> work) {
    calls.computeIfAbsent(method, name -> new LongAdder()).increment();
    return super.call(method, work);
  }
}
