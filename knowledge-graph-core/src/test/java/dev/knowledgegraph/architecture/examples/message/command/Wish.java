package dev.knowledgegraph.architecture.examples.message.command;

/** A command that may be anything. */
class Wish {}
