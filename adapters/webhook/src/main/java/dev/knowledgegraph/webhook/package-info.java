/**
 * Events as HTTP requests: a CloudEvent in each, signed as Standard Webhooks has it. Start with
 * {@link dev.knowledgegraph.webhook.WebhookPublisher}; whoever receives them checks the signature
 * with {@link dev.knowledgegraph.webhook.WebhookSignature}.
 */
@NullMarked
package dev.knowledgegraph.webhook;

import org.jspecify.annotations.NullMarked;
