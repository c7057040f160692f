package dev.pawl.benchmarks.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A servlet in an embedded Jetty that parses a JSON body and answers with JSON: a minimal service. */
public final class BareJetty {

    private BareJetty() {}

    /** Runs on the given port until killed. */
    public static void main(String[] arguments) throws Exception {
        serve(Integer.parseInt(arguments[0]), new EchoServlet());
    }

    /** Runs a servlet on a port of loopback until the process is killed. */
    static void serve(int port, HttpServlet servlet) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(servlet), "/*");
        server.setHandler(context);
        server.start();
        server.join();
    }

    /** A servlet that reads and writes JSON. */
    abstract static class JsonServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private static final ObjectMapper JSON = new ObjectMapper();

        static Map<?, ?> body(HttpServletRequest request) throws IOException {
            return JSON.readValue(request.getInputStream(), Map.class);
        }

        static void answer(HttpServletResponse response, Map<String, ?> body) throws IOException {
            response.setContentType("application/json");
            response.getOutputStream().write(JSON.writeValueAsBytes(body));
        }
    }

    /** Parses the body of a POST and answers with a small JSON object. */
    public static final class EchoServlet extends JsonServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            answer(response, Map.of("status", "online"));
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            answer(response, Map.of("id", body(request).size(), "status", "pending"));
        }
    }
}
