package dev.knowledgegraph.io;

import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * An edge as read from a file.
 *
 * @param id the id the file gives it, if any
 * @param discriminator the one the file gives, or null if it gives none
 * @param provenance the one the file gives, or null if this import is where it comes from
 */
public record EdgeRecord(
    @Nullable EdgeId id,
    EndRef source,
    EndRef target,
    EdgeType type,
    @Nullable Discriminator discriminator,
    double weight,
    boolean directed,
    String label,
    Properties properties,
    @Nullable Provenance provenance,
    Place place) {}
