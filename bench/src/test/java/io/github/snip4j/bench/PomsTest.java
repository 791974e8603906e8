package io.github.snip4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What each {@code pom.xml} says, as far as a Maven repository and a release need it. */
class PomsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(snip4j.*?)</artifactId>");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>snip4j(?:-bom)?</artifactId>\\s*<version>([0-9].*?)</version>");

  @Test
  void everyModuleHasTheVersionOfTheParentANameAndADescription() throws IOException {
    String parent = pom("");
    String version = all(VERSION, parent).get(0);
    for (String module : all(MODULE, parent)) {
      String pom = pom(module);
      assertThat(all(VERSION, pom)).as(module).containsExactly(version);
      assertThat(pom).as(module).contains("<name>snip4j ", "<description>");
    }
    assertThat(version).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @Test
  void theBomListsEveryModuleThatIsPublished() throws IOException {
    String bom = pom("bench/bom");
    String managed = bom.substring(bom.indexOf("<dependencyManagement>"));
    List<String> published = new ArrayList<>();
    for (String module : all(MODULE, pom(""))) {
      String pom = pom(module);
      if (!pom.equals(bom) && !pom.contains("<maven.deploy.skip>true")) {
        published.add(all(ARTIFACT, pom.replaceAll("(?s)<parent>.*</parent>", "")).get(0));
      }
    }
    assertThat(all(ARTIFACT, managed)).containsExactlyInAnyOrderElementsOf(published).hasSize(6);
  }

  @Test
  void theBomSaysOfTheProjectWhatTheParentSays() throws IOException {
    for (String element : List.of("url", "organization", "licenses", "developers", "scm")) {
      Pattern whole = Pattern.compile("(?s)\n  <" + element + ".*?>(.*?)\n?  </" + element + ">");
      Pattern line = Pattern.compile("\n  <" + element + ">(.*?)</" + element + ">");
      Pattern pattern = element.equals("url") ? line : whole;
      assertThat(all(pattern, pom("bench/bom")).get(0)).isEqualTo(all(pattern, pom("")).get(0));
    }
  }

  /** {@code .ci/version} writes the version into each, and the launcher sees when one changes. */
  @Test
  void theScriptsKnowEveryModule() throws IOException {
    String version = Files.readString(ROOT.resolve(".ci/version"));
    String launcher = Files.readString(ROOT.resolve("snip4j"));
    for (String module : all(MODULE, pom(""))) {
      assertThat(version).containsPattern("[{,]" + module + "[,}]");
      if (!module.equals("bench/bom")) { // of which nothing is built
        assertThat(launcher).containsPattern("[{,]" + module + "[,}]");
      }
    }
  }

  private static String pom(String module) throws IOException {
    return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
