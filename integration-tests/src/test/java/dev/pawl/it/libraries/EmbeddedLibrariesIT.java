package dev.pawl.it.libraries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that embed ordinary libraries, in the real distribution. */
class EmbeddedLibrariesIT {

    private static final Map<String, LibraryModule> MODULES = new TreeMap<>();

    static {
        add("jsoup", List.of("jsoup"), """
                task.emit(java.util.Map.of("said", org.jsoup.Jsoup.parse("<title>well</title>").title()));
                """);
        add("pdfbox", List.of("pdfbox", "pdfbox-io", "fontbox", "commons-logging"), """
                try (var document = new org.apache.pdfbox.pdmodel.PDDocument()) {
                    document.addPage(new org.apache.pdfbox.pdmodel.PDPage());
                    var bytes = new java.io.ByteArrayOutputStream();
                    document.save(bytes);
                    task.emit(java.util.Map.of("said", bytes.toString("US-ASCII").startsWith("%PDF") ? "well" : "bad"));
                }
                """);
        add("okhttp", List.of("okhttp", "okio-jvm", "kotlin-stdlib"), """
                var request = new okhttp3.Request.Builder().url("http://well/").build();
                task.emit(java.util.Map.of("said", new okhttp3.OkHttpClient().newCall(request).request().url().host()));
                """);
        add("postgres", List.of("postgresql"), """
                Object driver = java.sql.DriverManager.getDriver("jdbc:postgresql://localhost/x");
                task.emit(java.util.Map.of("said", driver instanceof org.postgresql.Driver ? "well" : "bad"));
                """);
        add("h2", List.of("h2"), """
                try (var connection = java.sql.DriverManager.getConnection("jdbc:h2:mem:");
                        var row = connection.createStatement().executeQuery("select 'well'")) {
                    row.next();
                    task.emit(java.util.Map.of("said", row.getString(1)));
                }
                """);
        add(
                "poi",
                List.of(
                        "poi",
                        "poi-ooxml",
                        "poi-ooxml-lite",
                        "xmlbeans",
                        "commons-compress",
                        "commons-io",
                        "commons-collections4",
                        "commons-codec",
                        "commons-math3",
                        "SparseBitSet",
                        "log4j-api"),
                """
                try (var book = new org.apache.poi.xssf.usermodel.XSSFWorkbook()) {
                    book.createSheet("sheet").createRow(0).createCell(0).setCellValue("well");
                    var bytes = new java.io.ByteArrayOutputStream();
                    book.write(bytes);
                    try (var read = new org.apache.poi.xssf.usermodel.XSSFWorkbook(
                            new java.io.ByteArrayInputStream(bytes.toByteArray()))) {
                        String text = read.getSheetAt(0).getRow(0).getCell(0).getStringCellValue();
                        task.emit(java.util.Map.of("said", text));
                    }
                }
                """);
        add("sqlite", List.of("sqlite-jdbc"), """
                try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite::memory:");
                        var row = connection.createStatement().executeQuery("select 'well'")) {
                    row.next();
                    task.emit(java.util.Map.of("said", row.getString(1)));
                }
                """);
        add("logback", List.of("logback-classic", "logback-core"), """
                var context = new ch.qos.logback.classic.LoggerContext();
                new ch.qos.logback.classic.util.ContextInitializer(context).autoConfig();
                var file = context.getLogger("ROOT").getAppender("FILE");
                task.emit(java.util.Map.of("said", file == null ? "well" : "it has the server's file"));
                """);
        add("printing", List.of(), """
                System.out.println("printed größe");
                System.err.printf("complained %d%n", 1);
                new IllegalStateException("traced").printStackTrace();
                java.util.logging.Logger.getLogger("com.example").warning("warned");
                task.emit(java.util.Map.of("said", "well"));
                """);
    }

    @TempDir
    static Path folder;

    private static Server server;
    private static Api api;

    private static void add(String id, List<String> libraries, String body) {
        MODULES.put(id, new LibraryModule(id, libraries, body));
    }

    @BeforeAll
    static void startTheServer() {
        server = Server.start(folder.resolve("data"));
        api = server.api();
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    private static String run(String id, String version) throws Exception {
        api.upload(MODULES.get(id).jar(version, folder), "").expect(200);
        String job = api.start(id, Map.of());
        JsonNode ended = api.awaitEnd(job);
        assertEquals("completed", ended.get("status").asText(), ended.toString());
        assertEquals("well", api.results(job).get(0).get("said").asText());
        return job;
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsoup", "pdfbox", "okhttp", "postgres", "poi", "sqlite", "logback"})
    void aLibraryThatIsEmbeddedAsThePageSaysWorks(String id) throws Exception {
        run(id, "1.0.0");
    }

    @Test
    void aJdbcDriverIsThereAfterEveryUpdate() throws Exception {
        run("h2", "1.0.0");
        run("h2", "2.0.0");
        api.post("/modules/h2/disable", Map.of()).expect(200);
        api.post("/modules/h2/enable", Map.of()).expect(200);
        api.awaitEnd(api.start("h2", Map.of()));
        run("h2", "3.0.0");
    }

    @Test
    void whatAModulePrintsIsInItsJobsLog() throws Exception {
        String job = run("printing", "1.0.0");
        String log = api.get("/jobs/" + job + "/logs").expect(200).toString();
        for (String line : List.of("printed größe", "complained 1", "IllegalStateException: traced", "warned")) {
            assertTrue(log.contains(line), () -> "no \"" + line + "\" in " + log);
        }
    }
}
