package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

class KgTest {
  @Test
  void kg_ends() {
    assertThatCode(() -> Kg.main(new String[] {"version"})).doesNotThrowAnyException();
  }

  @Test
  void training_unpacks_the_native_library(@TempDir Path folder) throws IOException {
    Training.main(new String[] {folder.resolve("native").toString()});

    assertThat(folder.resolve("native"))
        .isDirectoryContaining(file -> file.endsWith(LibraryLoaderUtil.getNativeLibName()));
  }
}
