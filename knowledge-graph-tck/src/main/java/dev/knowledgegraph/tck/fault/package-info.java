/**
 * Storages around a storage, for anyone's tests: one that fails, one that is slow, one that counts.
 * {@link dev.knowledgegraph.spi.StorageDecorator} makes more of them easy.
 */
@NullMarked
package dev.knowledgegraph.tck.fault;

import org.jspecify.annotations.NullMarked;
