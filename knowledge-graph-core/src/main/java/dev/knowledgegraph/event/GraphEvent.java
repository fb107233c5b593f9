package dev.knowledgegraph.event;

/**
 * A fact in the log of a graph. Events carry new values only; who, when and in which order stand in
 * the {@link Committed} around them. New cases may come in a minor release: a reader that does not
 * know one must refuse it, never skip it.
 */
public sealed interface GraphEvent
    permits SettingsEvent, NodeEvent, EdgeEvent, CategoryEvent, ImportEvent {}
