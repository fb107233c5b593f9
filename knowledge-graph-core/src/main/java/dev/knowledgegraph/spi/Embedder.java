package dev.knowledgegraph.spi;

import java.util.List;

/**
 * Turns texts into vectors that lie near each other when the texts mean something alike. Laws:
 *
 * <ol>
 *   <li>{@link #name} and {@link #dimension} never change, and two embedders of the same name give
 *       the same vectors: a model with other weights, or the same one set up otherwise, has another
 *       name. Vectors are kept under it and never mixed with those of another.
 *   <li>Every vector has {@link #dimension} finite components.
 *   <li>Every vector has length 1, to 1e-4, or is all zero: a text in which there is nothing to go
 *       by, such as the empty one.
 *   <li>The same text always gives the same vector, to 1e-4 in each component.
 *   <li>Texts are embedded one by one or many together with the same outcome, to 1e-4, in the order
 *       in which they were given.
 *   <li>Any well-formed text is taken, however long; what a model cannot read to the end it cuts.
 * </ol>
 *
 * The cosine of two vectors is then their dot product. What is slow or remote may fail with a
 * {@link dev.knowledgegraph.error.StorageException} or an {@link
 * dev.knowledgegraph.error.UnavailableException}, and is asked again later. May be shared between
 * threads. Contract: {@code EmbedderContract} in the TCK.
 */
public interface Embedder extends AutoCloseable {
  /** What the model is called, with all that its vectors depend on; 1 to 200 characters. */
  String name();

  /** How many components a vector has, 1 to 4,096. */
  int dimension();

  /** The vectors of texts that will be looked for, in their order; any number, none included. */
  List<float[]> embedDocuments(List<String> texts);

  /** The vector of a text to look with; models that know no difference treat it as a document. */
  float[] embedQuery(String text);

  /** Releases what it holds; it is not used afterwards. */
  @Override
  default void close() {}
}
