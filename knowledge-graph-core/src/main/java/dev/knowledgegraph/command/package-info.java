/**
 * Wishes: the sealed families of {@link dev.knowledgegraph.command.GraphCommand} and the {@link
 * dev.knowledgegraph.command.CommandBus} that carries them out.
 */
@NullMarked
package dev.knowledgegraph.command;

import org.jspecify.annotations.NullMarked;
