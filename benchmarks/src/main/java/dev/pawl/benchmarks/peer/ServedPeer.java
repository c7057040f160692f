package dev.pawl.benchmarks.peer;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A peer that does the same as Pawl: a bare Jetty takes its jobs, and each job leaves a result and a log line, which are on disk before it
 * ends. {@code GET} answers with the jobs that are left, as Pawl's {@code /status} does, and the time at which the latest one began.
 */
final class ServedPeer {

    private static final String RESULTS = "CREATE TABLE results (job INTEGER PRIMARY KEY, data TEXT NOT NULL)";
    private static final String LINES = "CREATE TABLE log_lines (job INTEGER PRIMARY KEY, line TEXT NOT NULL)";
    private static final String RESULT = "INSERT INTO results (data) VALUES ('{\"done\":true}')";
    private static final String LINE = "INSERT INTO log_lines (line) VALUES ('nothing to do')";

    private ServedPeer() {}

    /** Runs a peer behind HTTP on a port, with its database in a folder, until the process is killed. */
    static void serve(int port, Path folder, Peer.Maker maker) throws Exception {
        Work work = new Work(PeerDatabase.in(folder));
        BareJetty.serve(port, new JobServlet(maker.make(work), work));
    }

    /** The work of each job: two rows in one transaction. */
    private static final class Work implements Runnable {

        private final HikariDataSource database;
        private volatile long begun;

        Work(HikariDataSource database) throws SQLException {
            this.database = database;
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(RESULTS);
                statement.executeUpdate(LINES);
            }
        }

        @Override
        public void run() {
            begun = System.nanoTime();
            try (Connection connection = database.getConnection();
                    PreparedStatement result = connection.prepareStatement(RESULT);
                    PreparedStatement line = connection.prepareStatement(LINE)) {
                connection.setAutoCommit(false);
                result.executeUpdate();
                line.executeUpdate();
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException("The rows of a job were not stored", e);
            }
        }
    }

    /** Takes a job with each POST. */
    private static final class JobServlet extends BareJetty.JsonServlet {
        private static final long serialVersionUID = 1L;

        private final transient Peer peer;
        private final transient Work work;

        JobServlet(Peer peer, Work work) {
            this.peer = peer;
            this.work = work;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            try {
                answer(response, Map.of("queue", Map.of("pending", peer.left(), "running", 0), "begun", work.begun));
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Map<?, ?> job = body(request);
            peer.submit();
            answer(response, Map.of("module_id", job.get("module_id"), "status", "pending"));
        }
    }
}
