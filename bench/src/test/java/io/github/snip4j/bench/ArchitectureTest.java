package io.github.snip4j.bench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house: six modules and their one direction. */
class ArchitectureTest {
  private static final String ROOT = "io.github.snip4j.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/testing/"))
          .importPackages("io.github.snip4j");

  @ParameterizedTest
  @CsvSource({
    "core,     '',                 org.jblas.. jdk.incubator.vector..",
    "autograd, core,               ''",
    "nn,       core autograd,      ''",
    "snip,     core autograd nn,   ''",
    "datasets, core,               org.joml.. javax.imageio.. org.apache.commons.compress.."
  })
  void eachModuleKnowsOnlyThoseBelowItAndItsOwnLibraries(
      String module, String below, String libraries) {
    String[] allowed =
        Stream.of(
                Stream.of(ROOT + module + "..", "java..", "org.jspecify.."),
                Arrays.stream(libraries.split(" ", -1)).filter(name -> !name.isEmpty()),
                Arrays.stream(below.split(" ", -1))
                    .filter(name -> !name.isEmpty())
                    .map(name -> ROOT + name + ".."))
            .flatMap(packages -> packages)
            .toArray(String[]::new);
    assertThat(CLASSES.that(resideInAnyPackage(ROOT + module + ".."))).isNotEmpty();
    classes()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed)
                .or(describe("primitive or array", c -> c.isPrimitive() || c.isArray())))
        .check(CLASSES);
  }

  @Test
  void theIncubatingModuleIsImportedInOnePackageThatNobodyNames() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "core.internal.simd..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("jdk.incubator..", ROOT + "core.internal.simd.."))
        .check(CLASSES);
  }

  @Test
  void jblasIsCalledFromTheTwoClassesThatAreNamedForIt() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "core.internal.blas.JblasGemm")
        .and()
        .haveNameNotMatching(".*\\.core\\.internal\\.blas\\.JblasLibrary(\\$.*)?")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.jblas.."))
        .check(CLASSES);
  }

  @Test
  void packagesDependOnEachOtherInOneDirection() {
    slices().matching("io.github.snip4j.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** What bench consists of; each may use what is named after it, and the modules below. */
  @ParameterizedTest
  @CsvSource({
    "options, ''",
    "result,  options",
    "scoring, options",
    "run,     options result scoring",
    "cell,    options result run",
    "parts,   cell options result run",
    "scoring.remote, cell options result run scoring",
    "compare, cell options result run",
    "report,  page result",
    "story,   options result run cell compare report page",
    "reproduce, cell options page report result run",
    "cli.screen, cli.option cell compare options page reproduce result run report",
    "cli.option, cell options parts result run scoring.remote",
  })
  void whatHappensKnowsNothingOfWhatIsSaidAboutIt(String part, String below) {
    String bench = ROOT + "bench.";
    String[] allowed =
        Stream.concat(Stream.of(part), Arrays.stream(below.split(" ", -1)))
            .filter(name -> !name.isEmpty())
            .map(name -> bench + name)
            .toArray(String[]::new);
    assertThat(CLASSES.that(resideInAnyPackage(bench + part))).isNotEmpty();
    noClasses()
        .that()
        .resideInAPackage(bench + part)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(ROOT + "bench..").and(not(resideInAnyPackage(allowed))))
        .check(CLASSES);
  }

  @Test
  void archivesAreReadInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "datasets.fetch")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.apache.commons.compress.."))
        .check(CLASSES);
  }
}
