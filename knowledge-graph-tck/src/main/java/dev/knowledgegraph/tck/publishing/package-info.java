/**
 * What every publisher of single events has to keep. Give {@link
 * dev.knowledgegraph.tck.publishing.ElementPublisherContract} a {@link
 * dev.knowledgegraph.tck.publishing.Receiver} that misbehaves as it is told.
 */
@NullMarked
package dev.knowledgegraph.tck.publishing;

import org.jspecify.annotations.NullMarked;
