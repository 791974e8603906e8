package io.github.snip4j.bench.browser;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless browser that shows one page after the other, asked by the DevTools protocol: what its
 * scripts complain about, what they come to, and what one sees.
 */
public final class Chromium implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private String session = "";
  private int lastId;

  /** Where the browser is, if there is one. */
  public static Optional<String> path() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(
            dir ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> dir + "/" + name))
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param folder an empty one, for what it keeps
   */
  public Chromium(String path, Path folder) throws IOException, InterruptedException {
    Path profile = folder.resolve("profile");
    process =
        new ProcessBuilder(
                path,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    List<String> port = port(profile.resolve("DevToolsActivePort"));
    URI uri = URI.create("ws://127.0.0.1:" + port.get(0) + port.get(1));
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, listener()).join();
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).get("targetId").getAsString();
    session =
        call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .getAsString();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  private List<String> port(Path file) throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE_SECONDS * 20 && process.isAlive(); i++) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.size() == 2) {
          return lines;
        }
      }
      Thread.sleep(50);
    }
    close();
    throw new AssertionError("the browser does not start");
  }

  private WebSocket.Listener listener() {
    StringBuilder text = new StringBuilder();
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
          messages.add(JsonParser.parseString(text.toString()).getAsJsonObject());
          text.setLength(0);
        }
        from.request(1);
        return null;
      }
    };
  }

  /** Shows a file, in a window of this width, in light or dark, on a screen or on paper. */
  public void show(Path page, int width, String scheme, String media) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    for (int i = 0; i < PATIENCE_SECONDS * 20; i++) {
      String state = evaluate("document.readyState + location.href");
      if (state.equals("complete" + page.toUri()) || state.equals("completefile://" + page)) {
        evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))");
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the page is not loaded: " + evaluate("location.href"));
  }

  /** The value of an expression in the page, as text. */
  public String evaluate(String expression) throws InterruptedException {
    JsonObject answer =
        call(
            "Runtime.evaluate",
            Map.of(
                "expression",
                "(async () => String(await (" + expression + ")))()",
                "awaitPromise",
                true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.getAsJsonObject("result").get("value").getAsString();
  }

  /** Keeps what one sees, from top to bottom. */
  public void screenshot(Path png) throws IOException, InterruptedException {
    JsonObject answer =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.createDirectories(png.toAbsolutePath().getParent());
    Files.write(png, Base64.getDecoder().decode(answer.get("data").getAsString()));
  }

  /** Keeps what would be printed. */
  public void print(Path pdf) throws IOException, InterruptedException {
    JsonObject answer =
        call(
            "Page.printToPDF",
            Map.of("preferCSSPageSize", true, "paperWidth", 8.27, "paperHeight", 11.69));
    Files.createDirectories(pdf.toAbsolutePath().getParent());
    Files.write(pdf, Base64.getDecoder().decode(answer.get("data").getAsString()));
  }

  /** Errors and warnings of all pages until now. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** What was loaded until now, beside what is in the pages themselves. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private JsonObject call(String method, Map<String, ?> parameters) throws InterruptedException {
    JsonObject message = new JsonObject();
    int id = ++lastId;
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", new Gson().toJsonTree(parameters));
    if (!session.isEmpty()) {
      message.addProperty("sessionId", session);
    }
    socket.sendText(message.toString(), true).join();
    while (true) {
      JsonObject answer = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("the browser does not answer to " + method);
      }
      if (answer.has("id") && answer.get("id").getAsInt() == id) {
        if (answer.has("error")) {
          throw new AssertionError(method + ": " + answer.get("error"));
        }
        return answer.getAsJsonObject("result");
      }
      note(answer);
    }
  }

  private void note(JsonObject event) {
    JsonObject about = event.getAsJsonObject("params");
    switch (event.has("method") ? event.get("method").getAsString() : "") {
      case "Runtime.exceptionThrown" -> complaints.add(about.get("exceptionDetails").toString());
      case "Log.entryAdded" -> complaints.add(about.get("entry").toString());
      case "Runtime.consoleAPICalled" -> {
        JsonElement type = about.get("type");
        JsonArray said = about.getAsJsonArray("args");
        if (List.of("error", "warning", "assert").contains(type.getAsString())) {
          complaints.add(said.toString());
        }
      }
      case "Network.requestWillBeSent" -> {
        String url = about.getAsJsonObject("request").get("url").getAsString();
        if (!url.startsWith("data:") && !url.startsWith("about:")) {
          requests.add(url);
        }
      }
      default -> {} // all is well
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> helpers = process.descendants().toList();
    process.destroy();
    helpers.forEach(helper -> helper.onExit().join());
    process.onExit().join();
  }
}
