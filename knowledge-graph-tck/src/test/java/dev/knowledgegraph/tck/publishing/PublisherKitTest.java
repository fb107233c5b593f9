package dev.knowledgegraph.tck.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.tck.FailingTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/** The suite of publishers finds what it is there to find. */
class PublisherKitTest {
  // The launcher makes the test objects, so this is the only way to tell them.
  private static PlantedBug bug = PlantedBug.SAYS_DELIVERED_WHEN_IT_FAILED;

  /** Mistakes that publishers make, each with the test that must catch it. */
  enum PlantedBug {
    SAYS_DELIVERED_WHEN_IT_FAILED("a_receiver_that_fails_gets_every_event_in_order") {
      @Override
      ElementPublisher around(Consumer<EventEnvelope> receiver) {
        return events -> {
          ElementPublisher.each(receiver).publish(events);
          return events.stream().<Delivery>map(event -> new Delivery.Delivered()).toList();
        };
      }
    },

    REFUSES_WHAT_FAILS_FOR_NOW("a_receiver_that_was_down_gets_every_event_in_order") {
      @Override
      ElementPublisher around(Consumer<EventEnvelope> receiver) {
        return events ->
            ElementPublisher.each(receiver).publish(events).stream()
                .map(
                    end ->
                        end instanceof Delivery.Failed failed
                            ? new Delivery.Refused(failed.code())
                            : end)
                .toList();
      }
    },

    LETS_LATER_EVENTS_PASS(
        "a_delivery_is_told_for_each_event_and_none_passes_an_earlier_one_of_its_stream") {
      @Override
      ElementPublisher around(Consumer<EventEnvelope> receiver) {
        return events -> {
          var deliveries = new ArrayList<Delivery>();
          for (EventEnvelope event : events) {
            deliveries.addAll(ElementPublisher.each(receiver).publish(List.of(event)));
          }
          return deliveries;
        };
      }
    },

    DELIVERS_BACKWARDS(
        "a_delivery_is_told_for_each_event_and_none_passes_an_earlier_one_of_its_stream") {
      @Override
      ElementPublisher around(Consumer<EventEnvelope> receiver) {
        return events -> ElementPublisher.each(receiver).publish(events.reversed()).reversed();
      }
    },

    FORGETS_THE_LAST("every_event_arrives_in_the_order_of_its_stream") {
      @Override
      ElementPublisher around(Consumer<EventEnvelope> receiver) {
        return events -> {
          var deliveries =
              new ArrayList<>(
                  ElementPublisher.each(receiver).publish(events.subList(0, events.size() - 1)));
          deliveries.add(new Delivery.Delivered());
          return deliveries;
        };
      }
    };

    private final String test;

    PlantedBug(String test) {
      this.test = test;
    }

    abstract ElementPublisher around(Consumer<EventEnvelope> receiver);
  }

  /** Not a test itself. */
  static class Suite extends ElementPublisherContract {
    Suite() {
      super(() -> new InMemoryReceiver(receiver -> bug.around(receiver)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_bug_is_caught_by_the_test_that_names_it(PlantedBug planted) {
    assertThat(caughtBy(planted)).contains(planted.test);
  }

  private static synchronized Set<String> caughtBy(PlantedBug planted) {
    bug = planted;
    return FailingTests.of(DiscoverySelectors.selectClass(Suite.class));
  }
}
