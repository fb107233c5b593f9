package dev.knowledgegraph.architecture.examples.plainmodel.model;

import org.slf4j.Logger;

/** A value that logs. */
record Logged(Logger logger) {}
