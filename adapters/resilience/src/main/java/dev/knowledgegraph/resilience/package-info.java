/**
 * What stands between this process and a service that may fail, hang or have too much to do. Start
 * with {@link dev.knowledgegraph.resilience.Resilience}; {@link
 * dev.knowledgegraph.resilience.ResilienceSettings} says how often and how long, and the decorators
 * put it around a port. Failsafe does the work and shows nowhere in the API.
 *
 * <p>It belongs around what is reached over a network. A store in a directory of this machine is
 * not: there a lock or a full disk is told at once, and no waiting makes it better.
 */
@NullMarked
package dev.knowledgegraph.resilience;

import org.jspecify.annotations.NullMarked;
