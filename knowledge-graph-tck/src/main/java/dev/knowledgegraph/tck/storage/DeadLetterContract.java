package dev.knowledgegraph.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.StreamId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The laws of {@link dev.knowledgegraph.spi.DeadLetterStore}. */
public abstract class DeadLetterContract extends StorageContract {
  private static final StreamId STREAM = new StreamId("node/\u00e9\ud83d\ude80");

  /** A suite for stores of such a fixture. */
  protected DeadLetterContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void a_letter_is_found_as_it_was_parked_last() {
    append(scribe.create("notes"));
    var letter =
        new DeadLetter(
            new EventPlace(7, 3),
            STREAM,
            2,
            Scribe.day(1).plusNanos(1_000),
            Scribe.day(2),
            "REFUSED_400",
            "");
    park("mail", ref, letter);
    assertThat(all("mail", ref)).containsExactly(letter);

    var changed =
        new DeadLetter(
            letter.place(),
            StreamId.WHOLE,
            9,
            Scribe.day(3),
            Scribe.day(4),
            "REFUSED_410",
            "nobody \"wants\" it; '\u2713'");
    park("mail", ref, changed);
    assertThat(all("mail", ref)).containsExactly(changed);
  }

  @Test
  void letters_come_in_the_order_of_the_log() {
    append(scribe.create("notes"));
    var places =
        List.of(
            new EventPlace(10, 0),
            new EventPlace(9, 10),
            new EventPlace(9, 2),
            EventPlace.commit(9),
            new EventPlace(1L << 40, 0),
            new EventPlace(9, 0));
    park("mail", ref, places.stream().map(DeadLetterContract::letter).toArray(DeadLetter[]::new));

    assertThat(all("mail", ref))
        .extracting(DeadLetter::place)
        .containsExactlyElementsOf(places.stream().sorted().toList());
  }

  @Test
  void what_is_unparked_is_gone_and_what_was_not_there_is_no_matter() {
    append(scribe.create("notes"));
    park("mail", ref, letter(1), letter(2), letter(3), letter(4));
    storage.unpark("mail", ref, List.of(place(2), place(4), place(99)));
    storage.unpark("mail", ref, List.of(place(2)));
    storage.unpark("nobody", ref, List.of(place(1)));

    assertThat(all("mail", ref)).containsExactly(letter(1), letter(3));
    storage.unpark("mail", ref, List.of(place(1), place(3)));
    assertThat(all("mail", ref)).isEmpty();
    assertThat(storage.parkedFor(ref)).isEmpty();
    park("mail", ref, letter(3));
    assertThat(all("mail", ref)).containsExactly(letter(3));
  }

  @Test
  void a_page_begins_after_a_place_and_ends_at_the_limit() {
    append(scribe.create("notes"));
    var letters = IntStream.range(0, 25).mapToObj(i -> letter(2L * i + 2)).toList();
    storage.park("mail", ref, letters);

    var found = new ArrayList<DeadLetter>();
    EventPlace last = null;
    for (int i = 0; i < 3; i++) {
      var page = storage.parked("mail", ref, last, 10);
      assertThat(page).hasSize(i < 2 ? 10 : 5);
      found.addAll(page);
      last = page.getLast().place();
    }
    assertThat(found).isEqualTo(letters);
    assertThat(storage.parked("mail", ref, EventPlace.commit(4), 1)).containsExactly(letter(4));
    assertThat(storage.parked("mail", ref, place(4), 1)).containsExactly(letter(6));
    assertThat(storage.parked("mail", ref, place(5), 2)).containsExactly(letter(6), letter(8));
    assertThat(storage.parked("mail", ref, place(1_000), 2)).isEmpty();
  }

  @Test
  void subscribers_and_graphs_have_letters_of_their_own() {
    var other = new Scribe("ada", 2);
    append(scribe.create("notes"), other.create("other"));
    park("mail", ref, letter(1));
    park("Mail", ref, letter(2));
    park("mail", other.ref(), letter(3));
    assertThat(storage.parkedFor(ref)).containsExactlyInAnyOrder("mail", "Mail");
    assertThat(storage.parkedFor(other.ref())).containsExactly("mail");

    storage.unpark("mail", ref, List.of(place(1), place(2), place(3)));
    assertThat(all("mail", ref)).isEmpty();
    assertThat(all("Mail", ref)).containsExactly(letter(2));
    assertThat(all("mail", other.ref())).containsExactly(letter(3));
    assertThat(all("search", ref)).isEmpty();
  }

  @Test
  void another_owner_neither_sees_nor_changes_a_letter() {
    append(scribe.create("notes"));
    park("mail", ref, letter(1));
    var foreign = new GraphRef(UserId.of("eve"), ref.id());
    assertThat(all("mail", foreign)).isEmpty();
    assertThat(storage.parkedFor(foreign)).isEmpty();
    storage.unpark("mail", foreign, List.of(place(1)));
    park("mail", foreign, letter(1).triedAgain(Scribe.day(9), "OTHER"));

    assertThat(all("mail", ref)).containsExactly(letter(1));
  }

  @Test
  void letters_stay_when_their_graph_is_removed() {
    append(scribe.create("notes"));
    park("mail", ref, letter(1));
    append(scribe.remove());
    park("mail", ref, letter(2));

    assertThat(all("mail", ref)).containsExactly(letter(1), letter(2));
  }

  @Test
  void letters_outlive_the_process_wherever_the_log_does() {
    append(scribe.create("notes"));
    park("mail", ref, letter(1), letter(2));
    storage.unpark("mail", ref, List.of(place(1)));
    var again = fixture.reopen(storage);

    assertThat(again.parked("mail", ref, null, ALL))
        .isEqualTo(fixture.isDurable() ? List.of(letter(2)) : List.of());
    again.park("mail", ref, List.of(letter(3)));
    assertThat(again.parkedFor(ref)).containsExactly("mail");
  }

  private void park(String subscriber, GraphRef graph, DeadLetter... letters) {
    storage.park(subscriber, graph, List.of(letters));
  }

  private List<DeadLetter> all(String subscriber, GraphRef graph) {
    return storage.parked(subscriber, graph, null, ALL);
  }

  private static EventPlace place(long sequence) {
    return new EventPlace(sequence, 0);
  }

  private static DeadLetter letter(long sequence) {
    return letter(place(sequence));
  }

  private static DeadLetter letter(EventPlace place) {
    return DeadLetter.refused(place, STREAM, Scribe.day(1), "REFUSED_400");
  }
}
