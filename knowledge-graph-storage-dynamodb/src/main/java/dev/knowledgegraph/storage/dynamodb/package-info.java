/**
 * Graphs in one table of DynamoDB. Start with {@link
 * dev.knowledgegraph.storage.dynamodb.DynamoDbStorage}; {@link
 * dev.knowledgegraph.storage.dynamodb.DynamoDbTable} has the names a deployment needs.
 *
 * <h2>Items</h2>
 *
 * Everything about a graph is in partitions that begin with {@code G#} and its id. Its head says
 * where its log stands and whose it is. All else is never changed once it is written: entries of
 * the log, and <em>versions</em>, whose sort key ends in the sequence number of the commit that
 * made them. What a commit removes is a version that says so. So the state as of any commit is of
 * each chain of versions the last that is not later, and a reader who begins at one commit does not
 * see what is written meanwhile. The families are spread over a number of buckets by a hash of the
 * id, for ids grow with time and a partition takes a thousand units a second.
 *
 * <p>An edge with all it holds is by its source; by its target, and by its id, there is only where
 * it is. A key, a title and the time a node was added lead to the node in the same way: who took a
 * key last has it, if the node still says so. Bodies over a kilobyte are deflated, what is still
 * too large for an item is in parts.
 *
 * <h2>Writing</h2>
 *
 * <ol>
 *   <li>Read the heads. Whose log is not where the commit expects it is a conflict.
 *   <li>One transaction: the entries of the log, which must not be there; the head, which must
 *       still stand there; versions; names and the default. What is more than a hundred items, or a
 *       megabyte, is laid ready before under the id of this attempt, where nobody looks, and the
 *       transaction has only the heads and first entries: it makes the attempt the truth.
 *   <li>What was laid ready is written in batches.
 *   <li>The head's {@code applied} moves on. Now the commit is read, and acknowledged.
 * </ol>
 *
 * <p>The last step is one of its own because a transaction shows its items one after the other to
 * those who read without one: a head that is there does not mean that all its items are. A process
 * that dies before the last step leaves a commit that is in the log for good and that nobody reads
 * yet. The next who writes to the graph finishes it, as often as need be: versions are the same
 * whoever writes them.
 *
 * <p>An answer that is lost is looked up: the entry has the attempt's id. A transaction that is
 * sent again is fenced by its conditions.
 *
 * <h2>Reading</h2>
 *
 * All reads are strongly consistent. Each call reads the head, checks the owner, and reads as of
 * {@code applied}. A graph that ended has no version of that: its head says at which commit it
 * ended. Few chains are read one by one at the same time, many with all that is between them.
 */
@NullMarked
package dev.knowledgegraph.storage.dynamodb;

import org.jspecify.annotations.NullMarked;
