/**
 * The one mapping to JSON: {@link dev.knowledgegraph.json.EventCodec} for the log, {@link
 * dev.knowledgegraph.json.ValueJson} for stored values, {@link dev.knowledgegraph.json.AnswerCodec}
 * for answers in a cache, {@link dev.knowledgegraph.json.Shapes} for what people and programs read.
 */
@NullMarked
package dev.knowledgegraph.json;

import org.jspecify.annotations.NullMarked;
