package dev.knowledgegraph.functions;

import dev.knowledgegraph.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which connections users have, and which events each of them had. Laws:
 *
 * <ol>
 *   <li>A connection that was put is there until it ends or expires; putting it again changes
 *       nothing.
 *   <li>A connection that ended stays ended until the time that was said, also if it was never put:
 *       putting it then stores nothing.
 *   <li>A connection belongs to who put it first; nobody else can put one of this id until it has
 *       expired.
 *   <li>What is asked of an owner is answered of exactly this owner, whatever the names of others
 *       are like.
 *   <li>Pages hold every connection that is there all the while exactly once, in the order of their
 *       ids by code units.
 *   <li>The count is that of the connections in all pages.
 *   <li>Of several that claim an event for a connection at the same time, one gets it. Who does not
 *       say in time that it was sent or given back loses it to the next.
 *   <li>An event that was sent is never got again by a claim, until the connection expires. At
 *       least the last {@value #REMEMBERED} are remembered.
 *   <li>Giving a claim back that is no longer one's own changes nothing.
 *   <li>A write that was answered is seen by every read that begins later.
 * </ol>
 *
 * May be shared between threads. Contract: {@code ConnectionStoreContract} in the tests of this
 * module.
 */
public interface ConnectionStore extends AutoCloseable {
  /** How many events of a connection are remembered at least. */
  int REMEMBERED = 1_000;

  /** What became of a connection that was put. Closed until the next major version. */
  enum Put {
    /** It is there. */
    STORED,
    /** It has ended before, and is not. */
    ENDED,
    /** Somebody else has one of this id. */
    TAKEN
  }

  /** What became of a claim. Closed until the next major version. */
  enum Claim {
    /** The caller sends it now, and nobody else. */
    GOT,
    /** Somebody else is sending it. */
    BUSY,
    /** The connection had it, or is known to be over. */
    HAD
  }

  /** Notes that a connection is open. */
  Put put(Connection connection);

  /**
   * Notes that a connection is over, and remembers that until {@code until}.
   *
   * @return whose it was; empty if nobody put it
   */
  Optional<UserId> end(String connection, Instant until);

  /**
   * Up to {@code limit} open connections of an owner.
   *
   * @param after the id of the last one of the page before; null for the first page
   */
  List<Connection> of(UserId owner, @Nullable String after, int limit);

  /** How many open connections an owner has. */
  long count(UserId owner);

  /**
   * Claims the sending of an event.
   *
   * @param event its id, up to 200 characters
   * @param until when others may think that the caller is dead
   */
  Claim claim(Connection connection, String event, Instant until);

  /** Says that an event that was claimed was sent. */
  void sent(Connection connection, String event);

  /**
   * Says that an event that was claimed was not sent.
   *
   * @param until as it was claimed
   */
  void giveBack(Connection connection, String event, Instant until);

  /** Releases what it holds. */
  @Override
  void close();
}
