package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.RecordingDeployer;
import dev.pawl.testkit.RecordingDeployer.Asked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class ModulesIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @AfterEach
    void noUploadIsLeft() {
        Eventually.eventually("no upload is left", () -> uploads() == 0);
    }

    @Test
    void modulesAreListedAndShown() throws Exception {
        Map<?, ?> listed = (Map<?, ?>) ((List<?>) ok(server.get("/modules")).get("modules")).get(0);
        assertEquals("hello", listed.get("id"));
        assertEquals("1.2.3", listed.get("version"));
        assertEquals(List.of("demo"), listed.get("capabilities"));
        assertEquals(true, listed.get("enabled"));
        assertEquals("ready", listed.get("state"));
        Map<?, ?> shown = ok(server.get("/modules/hello"));
        Map<?, ?> count = (Map<?, ?>) ((List<?>) shown.get("inputs")).get(1);
        assertEquals("count", count.get("id"));
        assertEquals("integer", count.get("type"));
        assertEquals(false, count.get("required"));
        assertEquals(3, count.get("default"));
        assertEquals("How often.", count.get("description"));
        assertEquals(Map.of("type", "object", "required", List.of("name")), shown.get("inputs_schema"));
        assertEquals("ab".repeat(32), ((Map<?, ?>) shown.get("deployment")).get("sha256"));
        problem(404, "PAWL-200", server.get("/modules/nowhere"));
    }

    @Test
    void aModuleIsShownWithHowItDoes() throws Exception {
        Map<?, ?> shown = ok(server.get("/modules/hello"));

        assertEquals("active", shown.get("bundle_state"));
        Map<?, ?> component = (Map<?, ?>) shown.get("component");
        assertEquals("unsatisfied reference", component.get("state"));
        Map<?, ?> lacks = (Map<?, ?>) ((List<?>) component.get("references")).get(0);
        assertEquals("java.time.Clock", lacks.get("service"));
        assertEquals(false, lacks.get("satisfied"));
        assertEquals(
                List.of(Map.of("pid", "dev.pawl.module.hello", "required", false, "present", true)),
                component.get("configuration"));
        assertEquals(2, ((Map<?, ?>) shown.get("jobs")).get("running"));
        assertEquals(1, shown.get("abandoned_threads"));
        Map<?, ?> thread = (Map<?, ?>) ((List<?>) shown.get("lingering_threads")).get(0);
        assertEquals("abandoned", thread.get("kind"));
        assertEquals(List.of("dev.pawl.hello.Spin.run(Spin.java:7)"), thread.get("stack"));
        assertEquals(false, shown.get("paused"));
        assertEquals("0.9.0", ((Map<?, ?>) ((List<?>) shown.get("retiring")).get(0)).get("version"));
        Map<?, ?> leak = (Map<?, ?>) ((List<?>) shown.get("leaks")).get(0);
        assertEquals("0.8.0", leak.get("version"));
        assertEquals(List.of("Thread \"left over\" runs its class."), leak.get("holders"));
    }

    @Test
    void settingsAreReplaced() throws Exception {
        assertEquals("********", ok(server.get("/modules/hello/settings")).get("api_key"));
        assertEquals(
                Map.of("greeting", "Ahoy"),
                ok(server.send("PUT", "/modules/hello/settings", "{\"greeting\": \"Ahoy\"}")));
        problem(400, "PAWL-103", server.send("PUT", "/modules/hello/settings", "{\"wrong\": 1}"));
        problem(404, "PAWL-200", server.send("PUT", "/modules/nowhere/settings", "{}"));
    }

    @Test
    void aVersionIsHeldAndPromoted() throws Exception {
        ok(upload("?canary=1", "application/java-archive", new byte[] {1}));
        assertTrue(server.deployer.last().how().canary());
        ok(server.send("POST", "/modules/hello/rollback?canary=1", ""));
        assertTrue(server.deployer.last().how().canary());

        Map<?, ?> live = ok(server.send("POST", "/modules/hello/promote", ""));

        assertAsked("promote hello", ChangeOptions.by("admin"));
        assertEquals("rolling", live.get("state"));
        assertEquals("1.2.2", live.get("from"));
        assertEquals("1.2.3", live.get("to"));
        Map<?, ?> step = (Map<?, ?>) ((List<?>) live.get("steps")).get(0);
        assertEquals("alpha", step.get("server"));
        assertEquals("serving", step.get("state"));
    }

    @Test
    void aRawJarIsInstalled() throws Exception {
        byte[] jar = random(3_000_000);
        HttpResponse<String> answer =
                upload("?mode=finish&drain_timeout=5s&dry_run=true&sha256=abc", "application/java-archive", jar);
        Map<?, ?> deployed = ok(answer);
        assertEquals("hello", deployed.get("id"));
        assertEquals("Hello World", deployed.get("name"));
        assertEquals("1.2.3", deployed.get("version"));
        assertEquals("installed", deployed.get("change"));
        Map<?, ?> job = (Map<?, ?>) ((List<?>) deployed.get("jobs")).get(0);
        assertEquals(RecordingDeployer.PARKED.toString(), job.get("job_id"));
        assertEquals("parked", job.get("outcome"));
        assertNull(job.get("server"), "there is one server");
        assertArrayEquals(jar, server.deployer.jar());
        ChangeOptions how = new ChangeOptions(UpdateMode.FINISH, Duration.ofSeconds(5), true, "admin");
        assertEquals(new Asked("install", how, "abc"), server.deployer.last());
    }

    @Test
    void aJarInAFormIsInstalled() throws Exception {
        byte[] jar = random(2_000_000);
        var form = new ByteArrayOutputStream();
        form.write(text("--bOunD\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhi\r\n"));
        form.write(text(String.join(
                "\r\n",
                "--bOunD",
                "Content-Disposition: form-data; name=\"file\"; filename=\"../x.jar\"",
                "Content-Type: application/java-archive",
                "",
                "")));
        form.write(jar);
        form.write(text("\r\n--bOunD--\r\n"));
        ok(upload("", "multipart/form-data; boundary=bOunD", form.toByteArray()));
        assertArrayEquals(jar, server.deployer.jar());
    }

    @Test
    void brokenFormsAreRefused() throws Exception {
        byte[] cut = text("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.jar\"\r\n\r\nabc");
        problem(400, "PAWL-300", upload("", "multipart/form-data; boundary=b", cut));
        problem(400, "PAWL-300", upload("", "multipart/form-data", cut));
        byte[] noFile = text("--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nabc\r\n--b--\r\n");
        assertTrue(problem(400, "PAWL-300", upload("", "multipart/form-data; boundary=b", noFile))
                .contains("holds no file"));
        problem(400, "PAWL-300", upload("", "application/java-archive", new byte[0]));
        problem(415, "PAWL-304", upload("", "text/plain", text("x")));
    }

    @Test
    void aRefusedJarSaysWhy() throws Exception {
        assertEquals(
                "The jar has no Bundle-SymbolicName.",
                problem(400, "PAWL-201", upload("", "application/octet-stream", text("!"))));
        problem(400, "PAWL-300", upload("?mode=later", "application/octet-stream", text("x")));
        problem(400, "PAWL-300", upload("?drain_timeout=2h", "application/octet-stream", text("x")));
    }

    @Test
    void aJarThatIsTooLargeIsRefusedBeforeItComes() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text(head("Content-Length: 999999999999")));
            assertTrue(firstLine(socket).contains(" 413 "));
        }
    }

    @Test
    void anUploadThatIsCutOffLeavesNothing() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(text(head("Content-Length: 1000000")));
            out.write(new byte[100_000]);
            out.flush();
            Eventually.eventually("the upload has begun", () -> uploads() == 1);
        }
        Eventually.eventually("the upload is gone", () -> uploads() == 0);
    }

    @Test
    void modulesComeFromTheServersDisk() throws Exception {
        ok(server.send("POST", "/modules/install", "{\"source_path\": \"/somewhere/x.jar\"}"));
        assertEquals("install from /somewhere/x.jar", server.deployer.last().what());
        assertTrue(problem(400, "PAWL-300", server.send("POST", "/modules/install", "{\"source_path\": \"x.jar\"}"))
                .contains("absolute path"));
        problem(400, "PAWL-300", server.send("POST", "/modules/install", "{}"));
    }

    @Test
    void modulesAreSwitchedRolledBackAndRemoved() throws Exception {
        ChangeOptions byAdmin = ChangeOptions.by("admin");
        ok(server.send("POST", "/modules/hello/enable", ""));
        assertAsked("enable hello", byAdmin);
        ok(server.send("POST", "/modules/hello/disable?mode=now", ""));
        assertAsked("disable hello", byAdmin.with(UpdateMode.NOW));
        ok(server.send("POST", "/modules/hello/rollback", ""));
        assertAsked("rollback hello to null", byAdmin);
        ok(server.send("POST", "/modules/hello/rollback?to=1.0.0&dry_run=true&drain_timeout=1m", ""));
        assertAsked(
                "rollback hello to 1.0.0", new ChangeOptions(UpdateMode.MOVE, Duration.ofMinutes(1), true, "admin"));
        Map<?, ?> gone = ok(server.send("DELETE", "/modules/hello?mode=finish", ""));
        assertEquals("uninstalled", gone.get("status"));
        assertEquals("hello", gone.get("module_id"));
        assertAsked("uninstall hello", byAdmin.with(UpdateMode.FINISH));
        Map<?, ?> report = ok(server.send("POST", "/modules/reload", ""));
        assertEquals("hello", ((Map<?, ?>) ((List<?>) report.get("installed")).get(0)).get("id"));
        assertEquals(List.of(Map.of("file", "bad.jar", "error", "It is no bundle.")), report.get("failed"));
        assertEquals(List.of("old.jar"), report.get("skipped"));
        assertEquals("reloaded", report.get("status"));
        assertEquals(1, report.get("modules_found"));
        assertEquals("hello", ((Map<?, ?>) ((List<?>) report.get("modules")).get(0)).get("id"));
    }

    @Test
    void modulesAreFetchedFromGitAndFromTheListOfSources() throws Exception {
        Map<?, ?> done = ok(server.send(
                "POST",
                "/modules/install-git?dry_run=true",
                "{\"repo_url\": \"https://example.org/m.git\", \"module_name\": \"y\", \"ref\": \"main\"}"));
        assertEquals("hello", done.get("id"));
        assertEquals("https://example.org/m.git y main", server.sources.asked());
        Map<?, ?> report = ok(server.send("POST", "/modules/sync", ""));
        Map<?, ?> installed = (Map<?, ?>) ((List<?>) report.get("installed")).get(0);
        assertEquals("hello", installed.get("id"));
        assertEquals("https://example.org/m.git", installed.get("source"));
        assertEquals("y", installed.get("module_path"));
        assertEquals(
                Map.of("module", "(root)", "source", "https://example.org/n.git", "error", "It is gone."),
                ((List<?>) report.get("failed")).get(0));
        assertEquals(List.of(), report.get("skipped"));
        problem(400, "PAWL-300", server.send("POST", "/modules/install-git", "{}"));
    }

    @Test
    void aModuleTellsWhereItCameFrom() throws Exception {
        Map<?, ?> shown = ok(server.get("/modules/hello"));
        Map<?, ?> deployment = (Map<?, ?>) shown.get("deployment");
        assertEquals(deployment.get("bundle"), shown.get("entrypoint"));
        assertTrue(shown.containsKey("path"));
        assertEquals(deployment.get("installed_at"), shown.get("installed_at"));
    }

    @Test
    void theJobsOfAModuleArePausedAndGoOn() throws Exception {
        assertEquals(Map.of("id", "hello", "paused", true), ok(server.send("POST", "/modules/hello/pause", "")));
        assertEquals(Set.of("hello"), server.scheduler.pausedModules);
        assertEquals(Map.of("id", "hello", "paused", false), ok(server.send("POST", "/modules/hello/resume", "")));
        assertEquals(Set.of(), server.scheduler.pausedModules);
    }

    @Test
    void theHistoryTellsWhoDidWhatAndHowItEnded() throws Exception {
        Map<?, ?> answer = ok(server.get("/modules/hello/history?limit=7"));

        List<?> lines = (List<?>) answer.get("history");
        assertEquals(7, lines.size());
        Map<?, ?> line = (Map<?, ?>) lines.get(0);
        assertEquals("admin", line.get("by"));
        assertEquals("update", line.get("action"));
        assertEquals("1.2.2", line.get("from"));
        assertEquals("1.2.3", line.get("to"));
        assertEquals("failed", line.get("outcome"));
        assertEquals("It does not start.", line.get("detail"));
        problem(400, "PAWL-300", server.get("/modules/hello/history?limit=0"));
    }

    @Test
    void withoutItsDeployerTheServerSaysSo() throws Exception {
        server.unregister(Deployer.class);
        try {
            HttpResponse<String> answer = server.send("POST", "/modules/reload", "");
            assertTrue(problem(503, "PAWL-603", answer).contains("Deployer"));
            assertEquals(200, server.get("/modules/hello").statusCode());
        } finally {
            server.register(Deployer.class, server.deployer);
        }
    }

    private static void assertAsked(String what, ChangeOptions how) {
        assertEquals(new Asked(what, how, null), server.deployer.last());
    }

    private static HttpResponse<String> upload(String query, String type, byte[] body) throws Exception {
        return server.send(
                server.request("/modules" + query).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
    }

    private static String head(String length) throws IOException {
        return "POST /modules HTTP/1.1\r\nHost: 127.0.0.1:" + server.url().getPort() + "\r\nAuthorization: Bearer "
                + server.token() + "\r\nContent-Type: application/java-archive\r\n" + length + "\r\n\r\n";
    }

    private static String firstLine(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        return new String(socket.getInputStream().readNBytes(20), StandardCharsets.US_ASCII);
    }

    private static long uploads() throws IOException {
        Path folder = data.resolve("uploads");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        bytes[0] = 'P';
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aModuleOfTheDistributionIsInstalledByItsId() throws Exception {
        ok(server.send("POST", "/modules/install", "{\"source_path\": \"extra\"}"));
        assertEquals("install available extra", server.deployer.last().what());
        assertTrue(server.get("/modules/available").body().contains("\"id\":\"extra\""));
    }
}
