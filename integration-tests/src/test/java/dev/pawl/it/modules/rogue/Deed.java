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

/** What a module should not do. */
public enum Deed {
    /** Nothing: it ends well. */
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
    /** Spins for ever and never asks. */
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
    /** Reads from a connection that never says anything; an interrupt does not reach it. */
    READ_A_SOCKET {
        @Override
        void on(TaskContext task) throws Exception {
            try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
                task.info("read " + socket.getInputStream().read());
            }
        }
    },
    /** Reads what a process writes that writes nothing. */
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
    /** Leaves a thread behind that never ends. */
    LEAVE_A_THREAD {
        @Override
        void on(TaskContext task) {
            Thread left = new Thread(LockSupport::park, "rogue-left-behind");
            left.setDaemon(true);
            left.start();
        }
    };

    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    abstract void on(TaskContext task) throws Exception;
}
