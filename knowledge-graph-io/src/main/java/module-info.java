/** The import and export formats. */
module dev.knowledgegraph.io {
  requires transitive dev.knowledgegraph.core;
  requires dev.knowledgegraph.json;
  requires de.siegmar.fastcsv;
  requires java.xml;
  requires org.snakeyaml.engine;

  exports dev.knowledgegraph.io;
}
