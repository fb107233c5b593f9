package dev.knowledgegraph.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules between the modules, each as a function of the base package: once for the real one, and
 * once for the small wrong one in {@code examples} that shows that the rule can fail. They are here
 * because the tests of the command line see all modules.
 */
enum AdapterRule {
  NOBODY_OUTSIDE_CORE_USES_ITS_INTERNALS(
      base ->
          noClasses()
              .that()
              .resideInAnyPackage(
                  below(
                      base,
                      "json",
                      "io",
                      "storage",
                      "search.lucene",
                      "resilience",
                      "cache",
                      "embeddings",
                      "eventbridge",
                      "functions",
                      "lambda",
                      "webhook",
                      "cli"))
              .should()
              .dependOnClassesThat()
              .resideInAPackage(base + ".internal.."),
      "internals"),

  THE_CODEC_KNOWS_NO_OTHER_ADAPTER(
      base -> knowsNone(base, "json", "io", "storage", "cli"), "codec"),

  FORMATS_KNOW_NO_STORE(base -> knowsNone(base, "io", "storage", "cli"), "formats"),

  STORES_KNOW_NO_FORMAT(base -> knowsNone(base, "storage", "io", "cli"), "stores"),

  THE_JDBC_STORE_SHOWS_ITS_ENTRY_ITS_MIGRATIONS_AND_ITS_QUERY_PLANS(
      base ->
          classes()
              .that()
              .resideInAPackage(base + ".storage.jdbc..")
              .and()
              .areTopLevelClasses()
              .and()
              .arePublic()
              .should()
              .haveSimpleName("JdbcStorage")
              .orShould()
              .haveSimpleName("Migrations")
              .orShould()
              .haveSimpleName("QueryPlans")
              .orShould()
              .haveSimpleName("SqliteStorageFactory")
              .orShould()
              .haveSimpleName("PostgresStorageFactory")
              .orShould()
              .haveSimpleName("PostgresSettings"),
      "shown"),

  SEARCH_KNOWS_NO_STORE_AND_NO_FORMAT(
      base -> knowsNone(base, "search.lucene", "io", "storage", "json", "cli"), "searching"),

  SEARCH_SHOWS_ITS_ENTRY_AND_ITS_SETTINGS(
      base ->
          classes()
              .that()
              .resideInAPackage(base + ".search.lucene..")
              .and()
              .areTopLevelClasses()
              .and()
              .arePublic()
              .should()
              .haveSimpleName("LuceneSearch")
              .orShould()
              .haveSimpleName("LuceneSearchConfig")
              .orShould()
              .haveSimpleName("Language")
              .orShould()
              .haveSimpleName("LuceneSearchIndexFactory"),
      "shownsearch"),

  ADAPTERS_DEFINE_NO_EXCEPTIONS(
      base ->
          noClasses()
              .that()
              .resideInAnyPackage(
                  below(
                      base,
                      "json",
                      "io",
                      "storage",
                      "search.lucene",
                      "resilience",
                      "cache",
                      "embeddings",
                      "eventbridge",
                      "functions",
                      "lambda",
                      "webhook"))
              .should()
              .beAssignableTo(Throwable.class),
      "exceptions");

  private final Function<String, ArchRule> rule;
  private final String example;

  AdapterRule(Function<String, ArchRule> rule, String example) {
    this.rule = rule;
    this.example = example;
  }

  ArchRule on(String base) {
    return rule.apply(base).allowEmptyShould(true).as(toString());
  }

  /** The base package of modules that break this rule. */
  String example() {
    return AdapterRule.class.getPackageName() + ".examples." + example;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static ArchRule knowsNone(String base, String adapter, String... others) {
    return noClasses()
        .that()
        .resideInAnyPackage(below(base, adapter))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(below(base, others));
  }

  private static String[] below(String base, String... names) {
    return Stream.of(names).map(name -> base + "." + name + "..").toArray(String[]::new);
  }
}
