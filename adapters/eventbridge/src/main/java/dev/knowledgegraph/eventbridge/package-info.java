/**
 * Events on a bus of Amazon EventBridge: a CloudEvent in the detail of each entry. Start with
 * {@link dev.knowledgegraph.eventbridge.EventBridgePublisher}; {@link
 * dev.knowledgegraph.eventbridge.EventBridgeNames} has the names that rules match.
 */
@NullMarked
package dev.knowledgegraph.eventbridge;

import org.jspecify.annotations.NullMarked;
