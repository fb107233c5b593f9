/**
 * The functions as AWS Lambda runs them. Each has an entry, such as {@link
 * dev.knowledgegraph.lambda.ConnectNodeHandler}, which takes its parts from environment variables
 * once per process; {@link dev.knowledgegraph.lambda.LambdaNames} has all names that a deployment
 * repeats. {@link dev.knowledgegraph.lambda.DynamoDbConnectionStore} and {@link
 * dev.knowledgegraph.lambda.ApiGatewaySender} are the ports on AWS, {@link
 * dev.knowledgegraph.lambda.RunFunction} runs a function on this machine.
 */
@NullMarked
package dev.knowledgegraph.lambda;

import org.jspecify.annotations.NullMarked;
