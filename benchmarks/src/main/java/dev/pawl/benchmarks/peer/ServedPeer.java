package dev.pawl.benchmarks.peer;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A peer that does the same as Pawl: a bare Jetty takes its jobs, and each job leaves a result and a log line, which are on disk before it
 * ends. {@code GET} answers with the jobs that are left, as Pawl's {@code /status} does, and the time at which the latest one began. {@code POST
 * /load?jobs=N} submits jobs within the process, {@code /pause} and {@code /resume} hold them back.
 */
final class ServedPeer {

    private static final String RESULTS = "CREATE TABLE IF NOT EXISTS results (job $KEY, data TEXT NOT NULL)";
    private static final String LINES = "CREATE TABLE IF NOT EXISTS log_lines (job $KEY, line TEXT NOT NULL)";
    private static final String RESULT = "INSERT INTO results (data) VALUES ('{\"done\":true}')";
    private static final String LINE = "INSERT INTO log_lines (line) VALUES ('nothing to do')";

    private ServedPeer() {}

    /**
     * Runs a peer behind HTTP on a port, until the process is killed.
     *
     * @param isStoring whether its jobs store something
     */
    static void serve(int port, PeerDatabase database, Peer.Maker maker, boolean isStoring) throws Exception {
        Work work = new Work(database, isStoring);
        BareJetty.serve(port, new JobServlet(maker.make(work), work));
    }

    /** The work of each job: two rows in one transaction. */
    private static final class Work implements Runnable {

        private final HikariDataSource database;
        private final boolean isStoring;
        private volatile long begun;

        Work(PeerDatabase place, boolean isStoring) throws SQLException {
            this.database = place.pool();
            this.isStoring = isStoring;
            String key = place.type("INTEGER PRIMARY KEY", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(RESULTS.replace("$KEY", key));
                statement.executeUpdate(LINES.replace("$KEY", key));
            }
        }

        @Override
        public void run() {
            begun = System.nanoTime();
            if (!isStoring) {
                return;
            }
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
            switch (request.getPathInfo()) {
                case "/load" -> load(Integer.parseInt(request.getParameter("jobs")));
                case "/pause" -> peer.pause();
                case "/resume" -> peer.resume();
                default -> {
                    Map<?, ?> job = body(request);
                    peer.submit();
                    answer(response, Map.of("module_id", job.get("module_id"), "status", "pending"));
                    return;
                }
            }
            answer(response, Map.of());
        }

        private void load(int jobs) throws IOException {
            try {
                PeerLoad.submit(peer, jobs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }
}
