package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.benchmarks.modules.clock.ClockModule;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Servers of the distribution on one database, with the same key. */
final class ClusterPawl extends ClusterLoad {

    private static final String LEFT = "SELECT coalesce(sum(pending + running), 0) FROM commits";

    private final Path folder;
    private final ClusterDatabase database;
    private final String name;
    private final Connection connection;
    private final PreparedStatement left;
    private int looks;

    private ClusterPawl(Path folder, ClusterDatabase database, String name) throws IOException, SQLException {
        super(folder);
        this.folder = folder;
        this.database = database;
        this.name = name;
        this.connection = database.connect(name);
        // the server has made the table by the time at which this is sent
        this.left = connection.prepareStatement(LEFT);
    }

    /** Starts servers on an empty database, with two modules. */
    static ClusterPawl start(Path folder, ClusterDatabase database, String name, int servers) throws Exception {
        ClusterPawl pawl = new ClusterPawl(folder, database, name);
        try {
            pawl.add();
            pawl.first().client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder));
            pawl.first().client().upload(ModuleJar.of(ClockModule.class, "1.0.0", folder));
            for (int n = 1; n < servers; n++) {
                pawl.add();
            }
            return pawl;
        } catch (Exception e) {
            pawl.close();
            throw e;
        }
    }

    /** The settings by which servers share a database. */
    static Map<String, String> settings(Path folder, ClusterDatabase database, String name) {
        return Map.of(
                "PAWL_STORE_URL", database.url(name),
                "PAWL_STORE_PASSWORD", "postgres",
                "PAWL_SECRET_KEY_FILE", folder.resolve("secret.key").toString());
    }

    @Override
    Service start(Path own) throws Exception {
        Service server = Service.pawl(own, settings(folder, database, name));
        if (!services().isEmpty()) {
            awaitModule(server.client(), "noop");
            awaitModule(server.client(), "clock");
        }
        return server;
    }

    private static void awaitModule(Client client, String module) throws IOException {
        while (true) {
            JsonNode there = client.get("/modules");
            for (JsonNode one : there.get("modules")) {
                if (one.get("id").asText().equals(module)
                        && one.get("state").asText().equals("ready")) {
                    return;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    void submit(int jobs) throws Exception {
        post(jobs);
    }

    @Override
    void pause() throws Exception {
        disable(true);
    }

    @Override
    void resume() throws Exception {
        disable(false);
    }

    /** Each is told, so that no one is still on its way to know. */
    private void disable(boolean isDisabled) throws Exception {
        String body = "{\"disabled\":" + isDisabled + "}";
        each(server -> server.client().send("PATCH", "/queue", "application/json", BodyPublishers.ofString(body)));
    }

    @Override
    long left() throws SQLException {
        looks++;
        try (ResultSet row = left.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    int looks() {
        return looks;
    }

    @Override
    public void close() throws SQLException {
        super.close();
        connection.close();
    }
}
