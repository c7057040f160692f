package dev.pawl.it.modules.rogue;

import dev.pawl.api.module.TaskContext;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** The ways in which a module can misbehave. */
public enum Misbehaviour {
    /** No misbehaviour: completes normally. */
    NOTHING {
        @Override
        void on(TaskContext task) {
            task.progress(100, Map.of());
        }
    },
    EXIT {
        @Override
        void on(TaskContext task) {
            System.exit(3);
        }
    },
    HALT {
        @Override
        void on(TaskContext task) {
            Runtime.getRuntime().halt(4);
        }
    },
    EXIT_BY_REFERENCE {
        @Override
        void on(TaskContext task) {
            IntConsumer end = Runtime.getRuntime()::exit;
            end.accept(5);
        }
    },
    EXIT_FROM_ITS_OWN_THREAD {
        @Override
        void on(TaskContext task) throws InterruptedException {
            Thread own = new Thread(() -> System.exit(6), "rogue-exit");
            own.start();
            own.join();
        }
    },
    /** Spins forever and never checks for a stop. */
    SPIN {
        @Override
        void on(TaskContext task) {
            while (RELEASED.getCount() > 0) {
                Thread.onSpinWait();
            }
        }
    },
    /** Sleeps again whenever it is interrupted. */
    SLEEP_ON {
        @Override
        void on(TaskContext task) {
            while (RELEASED.getCount() > 0) {
                try {
                    TimeUnit.HOURS.sleep(1);
                } catch (InterruptedException e) {
                    LockSupport.parkNanos(1);
                }
            }
        }
    },
    /** Reads from a connection that never sends anything; an interrupt has no effect. */
    READ_A_SOCKET {
        @Override
        void on(TaskContext task) throws Exception {
            try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
                task.info("read " + socket.getInputStream().read());
            }
        }
    },
    /** Reads the output of a process that writes nothing. */
    READ_A_PIPE {
        @Override
        void on(TaskContext task) throws Exception {
            Process silent = new ProcessBuilder("sleep", "30").start();
            try {
                task.info("read " + silent.getInputStream().read());
            } finally {
                silent.destroyForcibly();
            }
        }
    },
    RECURSE {
        @Override
        void on(TaskContext task) {
            task.info("depth " + depth(0));
        }

        private long depth(long n) {
            return n < 0 ? n : depth(n + 1) + 1;
        }
    },
    /** Asks for more memory than there is. */
    GRAB_MEMORY {
        @Override
        void on(TaskContext task) {
            long[] huge = new long[Integer.MAX_VALUE - 8];
            task.info("got " + huge.length);
        }
    },
    /** Tries repeatedly to emit and to save values that are far too large, then completes normally. */
    HAND_OVER_TOO_MUCH {
        @Override
        void on(TaskContext task) {
            int refused = 0;
            String huge = "x".repeat(64 * 1024 * 1024);
            for (int i = 0; i < 20; i++) {
                refused += refused(() -> task.emit(Map.of("text", huge)));
                refused += refused(() -> task.checkpoint(Map.of("text", huge.substring(0, 10 * 1024 * 1024))));
                task.info(huge);
            }
            task.emit(Map.of("refused", refused));
        }

        private int refused(Runnable write) {
            try {
                write.run();
                return 0;
            } catch (IllegalArgumentException e) {
                return 1;
            }
        }
    },
    /** Logs a million lines as fast as possible. */
    FLOOD_THE_LOG {
        @Override
        void on(TaskContext task) {
            for (int n = 1; n <= 1_000_000; n++) {
                task.info("line " + n);
            }
        }
    },
    /** Logs many lines of the maximum length. */
    LOG_LONG_LINES {
        @Override
        void on(TaskContext task) {
            String line = "y".repeat(64 << 10);
            for (int n = 0; n < 200; n++) {
                task.info(line);
            }
        }
    },
    /** Emits results of the maximum size, one after another. */
    EMIT_MUCH {
        @Override
        void on(TaskContext task) {
            String text = "r".repeat(1_000_000);
            for (int n = 1; n <= 300; n++) {
                task.emit(Map.of("n", n, "text", text));
            }
        }
    },
    THROW_A_HUGE_MESSAGE {
        @Override
        void on(TaskContext task) {
            throw new IllegalStateException("m".repeat(64 * 1024 * 1024), new IllegalStateException("the cause"));
        }
    },
    /** Leaves a shutdown hook behind that never returns. */
    HANG_THE_END {
        @Override
        void on(TaskContext task) {
            Runnable hang = () -> {
                while (RELEASED.getCount() > 0) {
                    LockSupport.park();
                }
            };
            Runtime.getRuntime().addShutdownHook(new Thread(hang, "rogue-hook"));
        }
    },
    /** Leaves a thread behind that never ends. */
    LEAVE_A_THREAD {
        @Override
        void on(TaskContext task) {
            Thread left = new Thread(LockSupport::park, "rogue-left-behind");
            left.setDaemon(true);
            left.start();
        }
    },
    /** Leaves a virtual thread behind, or an ordinary one when the JVM has no virtual threads. */
    LEAVE_A_VIRTUAL_THREAD {
        @Override
        void on(TaskContext task) throws Exception {
            if (Runtime.version().feature() < 21) {
                LEAVE_A_THREAD.on(task);
                return;
            }
            CountDownLatch named = new CountDownLatch(1);
            Runnable life = () -> {
                Thread.currentThread().setName("rogue-left-behind");
                named.countDown();
                LockSupport.park();
            };
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, life);
            named.await();
        }
    };

    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    abstract void on(TaskContext task) throws Exception;
}
