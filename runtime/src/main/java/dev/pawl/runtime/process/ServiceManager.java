package dev.pawl.runtime.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service manager that has started this process and wants to hear of it: systemd, for a unit with {@code Type=notify}. Its own program
 * {@code systemd-notify} brings the messages, since Java has no datagram sockets of Unix; the unit allows that with
 * {@code NotifyAccess=all}. With a watchdog in the unit a thread says regularly that this process is alive. See sd_notify(3).
 */
public final class ServiceManager {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    private static final String PROGRAM = "systemd-notify";
    private static final long LONGEST_S = 10;

    private final @Nullable Duration beat;
    private volatile boolean stopping;

    private ServiceManager(@Nullable Duration beat) {
        this.beat = beat;
    }

    /** The manager that the variables of this process name; empty when none wants to hear of it. */
    public static Optional<ServiceManager> of(Map<String, String> environment) {
        return environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty()
                ? Optional.empty()
                : Optional.of(new ServiceManager(beat(environment)));
    }

    /** Half the time after which the manager takes this process for hung; null when it does not watch it. */
    private static @Nullable Duration beat(Map<String, String> environment) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        boolean isOurs = pid.isEmpty()
                || pid.equals(Long.toString(ProcessHandle.current().pid()));
        try {
            long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
            return isOurs && micros > 0 ? Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros) / 2) : null;
        } catch (NumberFormatException notSystemd) {
            LOG.warn("WATCHDOG_USEC is no number, so that no watchdog hears of this process.", notSystemd);
            return null;
        }
    }

    /**
     * Says that the server is ready.
     *
     * @param status a line for {@code systemctl status}
     */
    public void ready(String status) {
        send("--ready", "--status=" + status);
        if (beat != null) {
            Thread thread = new Thread(() -> live(beat), "pawl-watchdog");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Says that the server stops. */
    public void stopping() {
        stopping = true;
        send("STOPPING=1", "--status=Stopping; jobs are parked.");
    }

    private void live(Duration pause) {
        try {
            while (!stopping) {
                send("WATCHDOG=1");
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(String... message) {
        try {
            Process process = new ProcessBuilder(command(message))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                LOG.warn("{} does not end; systemd may not have heard of {}.", PROGRAM, message[0]);
            } else if (process.exitValue() != 0) {
                LOG.warn("systemd did not take {}: {} ended with {}.", message[0], PROGRAM, process.exitValue());
            }
        } catch (IOException missing) {
            LOG.warn("systemd cannot hear of {}: {}", message[0], missing.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(String... message) {
        List<String> command = new ArrayList<>(
                List.of(PROGRAM, "--pid=" + ProcessHandle.current().pid()));
        command.addAll(List.of(message));
        return command;
    }
}
