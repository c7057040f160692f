package dev.pawl.it.cluster;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Cuts the connections by which a server listens to what others did, and none of its others. */
public final class ListenerCut implements AutoCloseable {

    private final Cluster cluster;
    private final String name;
    private final Map<Integer, Cut> cuts = new HashMap<>();

    /** Cuts nothing yet. */
    public ListenerCut(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    /** Cuts the connections that listen now. Rules name the address of the server, so those of other servers stay. */
    public void renew() throws SQLException, IOException {
        try (Connection connection = cluster.database().connections().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT client_port FROM pg_stat_activity "
                        + "WHERE application_name = 'pawl-listener' AND client_port > 0")) {
            while (row.next()) {
                int port = row.getInt(1);
                if (!cuts.containsKey(port)) {
                    cuts.put(
                            port,
                            new Cut(cluster.address(name), cluster.database().port(), port));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Cut cut : cuts.values()) {
            cut.close();
        }
    }
}
