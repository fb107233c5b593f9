/**
 * What a deployment of functions runs beside the library. {@link
 * dev.knowledgegraph.functions.ConnectNode} links nodes, {@link
 * dev.knowledgegraph.functions.Cleanup} clears what hangs on removed ones, {@link
 * dev.knowledgegraph.functions.WsConnect}, {@link dev.knowledgegraph.functions.WsDisconnect} and
 * {@link dev.knowledgegraph.functions.WsSendMessage} tell people what happens in their graphs.
 *
 * <p>Handlers take their parts when they are made, may be shared between threads, and know no
 * runtime: {@link dev.knowledgegraph.functions.EventFunction} says what each of them keeps, {@link
 * dev.knowledgegraph.functions.Attempt} what became of an event. Nothing here listens, and nothing
 * of AWS is known.
 */
@NullMarked
package dev.knowledgegraph.functions;

import org.jspecify.annotations.NullMarked;
