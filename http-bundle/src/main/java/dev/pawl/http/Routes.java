package dev.pawl.http;

import static dev.pawl.http.auth.Role.ADMIN;
import static dev.pawl.http.auth.Role.ANYONE;
import static dev.pawl.http.auth.Role.OPERATOR;
import static dev.pawl.http.auth.Role.VIEWER;

import dev.pawl.http.auth.Role;
import dev.pawl.http.docs.DocRoutes;
import dev.pawl.http.resource.DataRoutes;
import dev.pawl.http.resource.DeployRoutes;
import dev.pawl.http.resource.HeartbeatBody;
import dev.pawl.http.resource.IdentityRoutes;
import dev.pawl.http.resource.JobRoutes;
import dev.pawl.http.resource.ModuleRoutes;
import dev.pawl.http.resource.QueueRoutes;
import dev.pawl.http.resource.StatusRoutes;
import dev.pawl.http.resource.StoreRoutes;
import dev.pawl.http.resource.WorkerRoutes;
import dev.pawl.http.route.Handler;
import dev.pawl.http.route.Route;
import dev.pawl.http.stream.LogStreams;
import java.util.ArrayList;
import java.util.List;

/** Every route there is: what dispatches, authorises and documents the API reads this list and nothing else. */
record Routes(
        StatusRoutes status,
        IdentityRoutes identity,
        ModuleRoutes modules,
        DeployRoutes deploy,
        JobRoutes jobs,
        LogStreams streams,
        QueueRoutes queue,
        WorkerRoutes workers,
        DataRoutes data,
        StoreRoutes store,
        DocRoutes docs) {

    private static final String DEPLOYED =
            "200 {change, id, name, version, bundle, sha256, former_version, jobs: [{job_id, outcome}], touched, affected: [{bundle, why}], waiting, appears: [{kind, name}], vanishes, …}";

    List<Route> all() {
        List<Route> all = new ArrayList<>();
        addStatus(all);
        addModules(all);
        addJobs(all);
        addQueue(all);
        addWorkers(all);
        addData(all);
        addStore(all);
        addDocs(all);
        return List.copyOf(all);
    }

    private void addStatus(List<Route> all) {
        all.add(get(
                "/status",
                VIEWER,
                "How the server is and what runs.",
                "200 {status: \"running\", version, worker_id, uptime, module_count, jobs: [{id, module, status, started_at}], queue: {pending, running, slots, disabled}}",
                status::status));
        all.add(get(
                "/status/health",
                ANYONE,
                "Whether the server can take jobs.",
                "200 {status: \"online\", trouble: what is amiss and keeps no job from running}, or 503 with what is wrong",
                status::health));
        all.add(get(
                        "/status/identity",
                        ANYONE,
                        "Proves to a client that has the admin token that the server has it too.",
                        "200 {auth: \"token\", proof}: the HMAC-SHA256, keyed by the token's SHA-256, of \"pawl server identity\", the request's Host and the challenge, a line feed between them, in hexadecimal digits; {auth: \"off\"} where no token is asked for",
                        identity::prove)
                .query(IdentityRoutes.CHALLENGE));
        all.add(get(
                "/status/config",
                VIEWER,
                "The effective configuration, secrets masked.",
                "200 {version, uptime, …}",
                status::config));
    }

    private void addModules(List<Route> all) {
        all.add(get(
                "/modules",
                VIEWER,
                "The modules there are.",
                "200 {modules: [{id, name, version, description, capabilities, enabled, state, …}]}",
                modules::list));
        all.add(post("/modules", ADMIN, "Installs or updates the bundle that is sent.", DEPLOYED, deploy::upload)
                .query(DeployRoutes.MODE, DeployRoutes.DRY_RUN, DeployRoutes.DRAIN_TIMEOUT, DeployRoutes.SHA256)
                .body(
                        "application/java-archive",
                        "application/octet-stream",
                        "application/zip",
                        "multipart/form-data"));
        all.add(post(
                        "/modules/install",
                        ADMIN,
                        "Installs or updates from the server's disk.",
                        DEPLOYED,
                        deploy::install)
                .query(DeployRoutes.MODE, DeployRoutes.DRY_RUN, DeployRoutes.DRAIN_TIMEOUT, DeployRoutes.SHA256)
                .body(DeployRoutes.SOURCE));
        all.add(post(
                        "/modules/install-git",
                        ADMIN,
                        "Is to install from a git repository; not implemented by this release.",
                        "501",
                        deploy::installFromGit)
                .object());
        all.add(post(
                "/modules/sync",
                ADMIN,
                "Is to install what a modules.yaml names; not implemented by this release.",
                "501",
                deploy::sync));
        all.add(post(
                "/modules/reload",
                ADMIN,
                "Looks again at the modules folder.",
                "200 {status: \"reloaded\", installed: […], failed: [{file, error}], skipped: […], modules_found, modules: […]}",
                deploy::reload));
        all.add(get(
                "/modules/{id}",
                VIEWER,
                "One module and what it takes.",
                "200 as in the list, with inputs, settings: [{id, type, required, default, description}], inputs_schema, settings_schema, entrypoint, path, installed_at, deployment, former",
                modules::show));
        all.add(delete(
                        "/modules/{id}",
                        ADMIN,
                        "Uninstalls the module's bundle; its jobs wait.",
                        "200 {status: \"uninstalled\", module_id, …} and as of an installation",
                        deploy::uninstall)
                .query(DeployRoutes.MODE, DeployRoutes.DRY_RUN, DeployRoutes.DRAIN_TIMEOUT));
        all.add(post(
                        "/modules/{id}/enable",
                        ADMIN,
                        "Starts the module's bundle, now and after restarts.",
                        DEPLOYED,
                        deploy::enable)
                .query(DeployRoutes.DRY_RUN));
        all.add(post(
                        "/modules/{id}/disable",
                        ADMIN,
                        "Stops the module's bundle, now and after restarts; its jobs wait.",
                        DEPLOYED,
                        deploy::disable)
                .query(DeployRoutes.MODE, DeployRoutes.DRY_RUN, DeployRoutes.DRAIN_TIMEOUT));
        all.add(post(
                "/modules/{id}/pause",
                OPERATOR,
                "Starts no more jobs of the module, also after restarts; what runs goes on.",
                "200 {id, paused: true}",
                modules::pause));
        all.add(post(
                "/modules/{id}/resume",
                OPERATOR,
                "Starts jobs of the module again.",
                "200 {id, paused: false}",
                modules::resume));
        all.add(post("/modules/{id}/rollback", ADMIN, "Goes back to a former version.", DEPLOYED, deploy::rollback)
                .query(DeployRoutes.TO, DeployRoutes.MODE, DeployRoutes.DRY_RUN, DeployRoutes.DRAIN_TIMEOUT));
        all.add(get(
                        "/modules/{id}/history",
                        VIEWER,
                        "What was done, or tried, with the module's bundle, latest first.",
                        "200 {history: [{at, by, bundle, modules, action, from, to, sha256, outcome, detail}], limit}",
                        deploy::history)
                .query(DeployRoutes.LIMIT));
        all.add(get(
                "/modules/{id}/settings",
                VIEWER,
                "The module's settings, secrets masked.",
                "200 an object with a field for each setting",
                modules::settings));
        all.add(put(
                        "/modules/{id}/settings",
                        ADMIN,
                        "Replaces the module's settings; a masked secret keeps its value.",
                        "200 the settings",
                        modules::configure)
                .object());
    }

    private void addJobs(List<Route> all) {
        all.add(post("/jobs", OPERATOR, "Starts a job.", "200 {id, status}", jobs::start)
                .body(JobRoutes.JOB));
        all.add(get(
                        "/jobs",
                        VIEWER,
                        "Jobs, newest first, a page at a time.",
                        "200 {jobs: [{id, job_title, module_id, status, created_at, started_at, completed_at, progress, error, reason, …}], next_cursor, limit}",
                        jobs::list)
                .query(JobRoutes.STATUS, JobRoutes.MODULE, JobRoutes.TEXT, JobRoutes.LIMIT, JobRoutes.CURSOR));
        all.add(get(
                "/jobs/{id}",
                VIEWER,
                "One job.",
                "200 as in the list, with inputs, settings, tasks, checkpoint, info, failure: {phase, task_index, module, message, stack}, module_version, runs: [{epoch, task_index, module, module_version, worker_id, started_at, ended_at, outcome, failure}], runs_left_out, …",
                jobs::show));
        all.add(get(
                        "/jobs/{id}/runs",
                        VIEWER,
                        "The runs of a job, the first one first: the latest, or the latest before an epoch.",
                        "200 {runs: [as of the job], next_before, limit}",
                        jobs::runs)
                .query(JobRoutes.RUN_LIMIT, JobRoutes.BEFORE));
        all.add(delete(
                "/jobs/{id}",
                OPERATOR,
                "Removes a job that waits or has ended, with its log and results.",
                "204",
                jobs::remove));
        all.add(post(
                "/jobs/{id}/stop",
                OPERATOR,
                "Stops a job, and answers when it has stopped.",
                "200 {status: \"stopped\", job_id}",
                jobs::stop));
        all.add(post(
                "/jobs/{id}/resume",
                OPERATOR,
                "Lets a job that waits for a time, of its own or of another attempt, start as soon as it can.",
                "200 {id, status}",
                jobs::resume));
        all.add(get(
                "/jobs/{id}/why",
                VIEWER,
                "Why a job is not running.",
                "200 {code, sentence, unblocked_by, position}",
                jobs::why));
        all.add(get(
                        "/jobs/{id}/logs",
                        VIEWER,
                        "The last lines of a job's log, or the first after a sequence number.",
                        "200 {logs: [{id, timestamp, created_at, level, message, sequence, task_index, epoch}], limit}",
                        jobs::logs)
                .query(JobRoutes.LOG_LIMIT, JobRoutes.AFTER));
        all.add(get(
                        "/jobs/{id}/logs/stream",
                        VIEWER,
                        "Each line of a job's log as it happens.",
                        "101 a JSON text for each line, and {type: \"ping\"} every 30 s; closed with 1000 after the job's end, 4004 when it is unknown, 1001 when the server stops",
                        streams::follow)
                .query(LogStreams.AFTER, LogStreams.TOKEN)
                .upgrade());
        all.add(get(
                        "/jobs/{id}/results",
                        VIEWER,
                        "A job's results in order.",
                        "200 {results: [{id, data, sequence, timestamp, created_at, task_index, tentative}], total, limit}",
                        jobs::results)
                .query(JobRoutes.RESULT_LIMIT, JobRoutes.AFTER));
        all.add(patch(
                        "/jobs/{id}/completed",
                        OPERATOR,
                        "Ends a job that an external worker holds.",
                        "204",
                        queue::completed)
                .body(QueueRoutes.END));
    }

    private void addQueue(List<Route> all) {
        all.add(get(
                        "/queue",
                        VIEWER,
                        "The jobs that wait, in the order in which they would start.",
                        "200 {queue: […], entries, limit, attributes: {disabled}}",
                        queue::show)
                .query(QueueRoutes.LIMIT));
        all.add(post(
                        "/queue",
                        OPERATOR,
                        "Starts a job even when no module here can do it; it waits for a worker that can.",
                        "200 {job_id}",
                        queue::add)
                .body(JobRoutes.JOB));
        all.add(patch("/queue", OPERATOR, "Pauses the queue, or lets it go on.", "200 {disabled}", queue::change)
                .body(QueueRoutes.ATTRIBUTES));
        all.add(delete("/queue", OPERATOR, "Drops all waiting jobs.", "204", queue::clear));
        all.add(get(
                        "/queue/poll",
                        OPERATOR,
                        "Hands the next job to an external worker, under a lease of 30 s (PAWL_CLIENT_EXPIRY) that its heartbeats keep.",
                        "200 {job_id, job_title, added, tasks: [{module, data}]}, or 404 when none waits",
                        queue::poll)
                .query(QueueRoutes.WORKER, QueueRoutes.MODULES));
    }

    private void addWorkers(List<Route> all) {
        all.add(get(
                "/workers",
                VIEWER,
                "The workers, in the order of their hostnames.",
                "200 {workers: […], count}",
                workers::list));
        all.add(get(
                "/workers/{id}",
                VIEWER,
                "One worker.",
                "200 {worker_id, status, online_at, hostname, version, task, job_id, job_title, progress, info, attributes: {disabled}}",
                workers::show));
        all.add(post(
                        "/workers/{id}",
                        OPERATOR,
                        "A worker's heartbeat; without one for 30 s (PAWL_CLIENT_EXPIRY) it is forgotten.",
                        "204, with the header X-Pawl-Job: held, lost, ended or unknown when it names a job",
                        workers::beat)
                .body(HeartbeatBody.SHAPE));
        all.add(patch(
                        "/workers/{id}",
                        OPERATOR,
                        "Takes a worker's access to the queue, or gives it back.",
                        "200 {disabled}",
                        workers::change)
                .body(QueueRoutes.ATTRIBUTES));
        all.add(delete("/workers/{id}", OPERATOR, "Forgets a worker.", "204", workers::remove));
    }

    private void addData(List<Route> all) {
        all.add(get(
                "/data/{module}/{name}", VIEWER, "A module's document.", "200 the document, with its name", data::get));
        all.add(post(
                        "/data/{module}/{name}",
                        OPERATOR,
                        "Stores or replaces a module's document, at most 1 MiB.",
                        "204",
                        data::put)
                .object());
        all.add(delete("/data/{module}/{name}", OPERATOR, "Deletes a module's document.", "204", data::delete));
    }

    private void addStore(List<Route> all) {
        all.add(post(
                        "/store/purge",
                        ADMIN,
                        "Removes jobs that ended some time ago, with their logs and results.",
                        "200 {removed: {completed, failed, stopped}, total, dry_run}",
                        store::purge)
                .query(StoreRoutes.OLDER_THAN, StoreRoutes.STATUS, StoreRoutes.DRY_RUN));
        all.add(post(
                        "/store/backup",
                        ADMIN,
                        "Writes a backup of the store, the modules' bundles and their settings to the server's disk.",
                        "200 {file, bytes, artifacts}",
                        store::backup)
                .query(StoreRoutes.FILE, StoreRoutes.REPLACE));
        all.add(post(
                "/store/check",
                ADMIN,
                "Reads the whole store and says what is wrong with it.",
                "200 {sound, jobs, defects: […]}",
                store::check));
    }

    private void addDocs(List<Route> all) {
        all.add(get("/docs", ANYONE, "This page.", "200 HTML", docs::page));
        all.add(get("/doc", ANYONE, "The same page.", "200 HTML", docs::page));
        all.add(get("/openapi.json", ANYONE, "The same for programs.", "200 OpenAPI 3.1", docs::openApi));
    }

    private static Route get(String template, Role role, String summary, String answer, Handler handler) {
        return Route.of("GET", template, role, summary, answer, handler);
    }

    private static Route post(String template, Role role, String summary, String answer, Handler handler) {
        return Route.of("POST", template, role, summary, answer, handler);
    }

    private static Route put(String template, Role role, String summary, String answer, Handler handler) {
        return Route.of("PUT", template, role, summary, answer, handler);
    }

    private static Route patch(String template, Role role, String summary, String answer, Handler handler) {
        return Route.of("PATCH", template, role, summary, answer, handler);
    }

    private static Route delete(String template, Role role, String summary, String answer, Handler handler) {
        return Route.of("DELETE", template, role, summary, answer, handler);
    }
}
