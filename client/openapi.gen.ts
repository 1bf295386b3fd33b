/** Made from the API's description by `npm run client:generate`. Not to be edited. */
export interface paths {
    "/requests/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch all requests live (server-sent events)
         * @description One stream for a whole list: of the newest requests, and of the newest of those that have not ended.
         *
         *     - `request`: a request as in a list: first each of them as it stands, then whenever one changes or is new, once a second at most
         *     - `ready`: all of them have been sent as they stand
         *     - `closed`: the key was revoked or the session has ended
         *
         *     A connection that breaks off is simply made again: the first events say how everything stands.
         *
         *     Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Watch all requests live (server-sent events) */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `TOO_MANY_STREAMS`: Too many streams are open. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests, newest first
         * @description Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Created at or after. */
                    from?: string;
                    /** @description Created before. */
                    to?: string;
                    id?: number;
                    flowType?: "outbound" | "dialer" | "inbound" | "notification";
                    flowId?: number;
                    flowName?: string;
                    /** @description Id of a flow, or part of its name in any case. */
                    flow?: string;
                    status?: "RECEIVED" | "SCHEDULED" | "IN_PROCESS" | "PAUSED" | "COMPLETED" | "CANCELLED" | "EXPIRED" | "REJECTED";
                    source?: "upload" | "records" | "call" | "message" | "retry" | "clone" | "test" | "email";
                    /** @description Part of the file's or the flow's name, in any case. */
                    text?: string;
                    /** @description Which come first. A cursor belongs to the order it was given in. */
                    order?: "newest" | "oldest";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Requests, newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Call a list: files, or records as JSON
         * @description Each file becomes a request of its own. A file that cannot be used makes a request with status `REJECTED` and the reason; the others go on. A transactional flow that may not run yet may be tried on whitelisted numbers alone: a file with anybody else is rejected, records with anybody else get 422 `FLOW_NOT_RUNNABLE`.
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRequest"];
                    "multipart/form-data": components["schemas"]["NewRequestUpload"];
                };
            };
            responses: {
                /** @description Call a list: files, or records as JSON */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedRequests"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `UNKNOWN_FLOW`: There is no such flow. `FLOW_NOT_RUNNABLE`: The flow cannot be run. `NOT_WHITELISTED`: The address is not whitelisted. `TOO_MANY_FILES`: Too many files. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `STORAGE_UNAVAILABLE`: Uploads cannot be stored right now. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as CSV, however many requests
         * @description Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Created at or after. */
                    from?: string;
                    /** @description Created before. */
                    to?: string;
                    id?: number;
                    flowType?: "outbound" | "dialer" | "inbound" | "notification";
                    flowId?: number;
                    flowName?: string;
                    /** @description Id of a flow, or part of its name in any case. */
                    flow?: string;
                    status?: "RECEIVED" | "SCHEDULED" | "IN_PROCESS" | "PAUSED" | "COMPLETED" | "CANCELLED" | "EXPIRED" | "REJECTED";
                    source?: "upload" | "records" | "call" | "message" | "retry" | "clone" | "test" | "email";
                    /** @description Part of the file's or the flow's name, in any case. */
                    text?: string;
                    /** @description Which come first. A cursor belongs to the order it was given in. */
                    order?: "newest" | "oldest";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The same as CSV, however many requests */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One request, with its progress
         * @description Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One request, with its progress */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Request"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change times, hours, pace, retries or holidays
         * @description Each change is a new version of the policy; attempts that begin from now on run under it and name it, those that wait for their turn among them. `retries` may name some outcomes only. What is so already makes no version.
         *
         *     Scope: `requests:write`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RequestChanges"];
                };
            };
            responses: {
                /** @description Change times, hours, pace, retries or holidays */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Request"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `REQUEST_ENDED`: The request has ended. `REQUEST_CANCELLING`: The request is being cancelled. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/requests/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forecast a list before it is launched, or the rest of a request
         * @description Takes what `POST /requests` takes: one file, or records; or the id of a request that has not ended. Nothing is stored and nobody is called. The list is read and checked row by row as a launch would. The engine then runs the campaign some dozens of times on a virtual clock, by the same rules of hours, pace, lines and retries. The answer comes once the whole list is read: the larger the file, the later.
         *
         *     Scope: `requests:read`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewForecast"];
                    "multipart/form-data": components["schemas"]["NewForecastUpload"];
                };
            };
            responses: {
                /** @description Forecast a list before it is launched, or the rest of a request */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Forecast"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `REQUEST_ENDED`: The request has ended. `LIST_NOT_READ`: The list of the request is still being read. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `UNKNOWN_FLOW`: There is no such flow. `FLOW_NOT_RUNNABLE`: The flow cannot be run. `TOO_MANY_FILES`: Too many files. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `STORAGE_UNAVAILABLE`: Uploads cannot be stored right now. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/back-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A finished request under another policy: what would have happened
         * @description Uses the people of the request and what they did, attempt by attempt. Where the other policy makes an attempt that never was, its outcome is drawn by how the people of this request behaved, and `drawnAttempts` says how many those are. Nothing is stored and nobody is called.
         *
         *     Scope: `requests:read`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewBackTest"];
                };
            };
            responses: {
                /** @description A finished request under another policy: what would have happened */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BackTest"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `REQUEST_NOT_ENDED`: The request has not ended. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows of the list, in their order
         * @description Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    result?: "ACCEPTED" | "MALFORMED_ROW" | "MISSING_NUMBER" | "INVALID_NUMBER" | "DUPLICATE" | "BLACKLISTED" | "DO_NOT_CALL" | "MISSING_VARIABLE" | "TOO_LATE";
                    outcome?: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED";
                    number?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Rows of the list, in their order */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add people to an open request
         * @description Each is decided at once, against the rows there are already; the reply says for each in order what became of it. Also while the request is paused: they are called when it goes on.
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRecords"];
                };
            };
            responses: {
                /** @description Add people to an open request */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AddedRecords"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `REQUEST_NOT_OPEN`: The request takes no more records. `REQUEST_FULL`: The request has as many records as it may. `REQUEST_ENDED`: The request has ended. `REQUEST_CANCELLING`: The request is being cancelled. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `FLOW_NOT_RUNNABLE`: The flow cannot be run. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/records.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every row with its result and outcome, as CSV
         * @description Variables follow as columns of their own. Cells that a spreadsheet would run as a formula get an apostrophe in front; numbers, with or without a sign, do not.
         *
         *     Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Every row with its result and outcome, as CSV */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/rejected.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rejected rows, to be mended and sent again
         * @description The upload's own columns, then `clarion_row`, `clarion_reason` and `clarion_detail`. A malformed row has its cells under the columns they stood in, those beyond the header under `column_<n>`. When the file is sent again, the three feed no variables and the apostrophes in front of formulas are taken away. Cells that a spreadsheet would run as a formula get an apostrophe in front; numbers, with or without a sign, do not.
         *
         *     Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Rejected rows, to be mended and sent again */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause: nothing new begins
         * @description What has begun is allowed to end.
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Pause: nothing new begins */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Request"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `REQUEST_ENDED`: The request has ended. `REQUEST_CANCELLING`: The request is being cancelled. `REQUEST_ALREADY_PAUSED`: The request is paused already. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused request
         * @description Goes on where it was: nobody is called again for having been called before the pause.
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Resume a paused request */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Request"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `REQUEST_ENDED`: The request has ended. `REQUEST_CANCELLING`: The request is being cancelled. `REQUEST_NOT_PAUSED`: The request is not paused. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel: nothing new begins, for good
         * @description Calls in progress are allowed to end; then the status becomes CANCELLED. Until then `cancelRequestedAt` says that it was asked for. Asking again changes nothing.
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Cancel: nothing new begins, for good */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Request"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `REQUEST_ENDED`: The request has ended. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close an open request: no more records come
         * @description It completes when every record has ended. Closing a closed one changes nothing.
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Close an open request: no more records come */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Request"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `REQUEST_ENDED`: The request has ended. `REQUEST_NOT_OPEN`: The request takes no more records. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions of its policy, newest first: who changed what, and when
         * @description Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The versions of its policy, newest first: who changed what, and when */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PolicyVersionPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch a request live (server-sent events)
         * @description Events come with an `id`; send the last one back as `Last-Event-ID` and the stream goes on after it.
         *
         *     - what happened (`CREATED`, `IN_PROCESS`, `PAUSED`, `COMPLETED`, ...): `{"at", ...}`
         *     - `progress`: the request as in a list, whenever it changes, within a second (two after a long silence)
         *     - `end`: the request has ended and nothing more will come; the last snapshot comes just before it
         *     - `closed`: the key was revoked or the session has ended
         *
         *     Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Watch a request live (server-sent events) */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `TOO_MANY_STREAMS`: Too many streams are open. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a request waits for, its pace, and its attempts by number and hour
         * @description Messages sent from inside calls are in none of these counts.
         *
         *     Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What a request waits for, its pace, and its attempts by number and hour */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestDetails"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prove that the rules were kept
         * @description Every claim is looked at in SQL, over all rows and attempts of the request, by PostgreSQL's own
         *     arithmetic and table of time zones; no code is shared with what decided about the calls. It may be asked at any time,
         *     also of a request that runs. It reads all attempts: seconds for a hundred thousand.
         *
         *     A claim with nothing to check holds. What was deleted since cannot be asked: entries taken off the blacklist, dates taken
         *     off a calendar.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Prove that the rules were kept */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Proof"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `PROOF_TOO_LONG`: The proof takes too long. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/retry-failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom a retry would call
         * @description Changes nothing. Of a request that has not ended: those who have ended so far.
         *
         *     Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Whom a retry would call */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RetryPreview"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Call the unreached again, as a new request
         * @description Takes the people of an ended request whose last outcome is one of BUSY, NO_ANSWER, DECLINED, INVALID, FAILED, MACHINE, ABANDONED, BLOCKED, CANCELLED, EXPIRED, UNDELIVERED, REJECTED, BOUNCED, or of those named. Nobody is taken twice: where an earlier retry of the request calls them again the answer is 409 `ALREADY_RETRIED`. Each is checked against blacklist and register anew. The new request runs the flow as it is published now; the two name each other (`fromRequestId`, `derived`).
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RetryOptions"];
                };
            };
            responses: {
                /** @description Call the unreached again, as a new request */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RetryMade"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `REQUEST_NOT_ENDED`: The request has not ended. `NOTHING_TO_RETRY`: No record of the request failed. `ALREADY_RETRIED`: An earlier retry calls these people again already. `IS_A_TEST`: The request is a test call. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `FLOW_NOT_RUNNABLE`: The flow cannot be run. `NOT_WHITELISTED`: The address is not whitelisted. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/clone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same people again, as a new request
         * @description Takes the rows of the request, accepted and rejected, and decides each anew. The clone has the request's status addresses and its policy as it stands, edits among them; it runs the flow as it is published now, and starts at once unless `startAt` is given. `flowId` or `flowName` names another flow, which then brings its own policy. The two name each other (`fromRequestId`, `derived`).
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CloneOptions"];
                };
            };
            responses: {
                /** @description The same people again, as a new request */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CloneMade"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `REQUEST_NOT_ENDED`: The request has not ended. `LIST_NOT_READ`: The list of the request is still being read. `NOTHING_TO_CLONE`: The request has no such rows. `IS_A_TEST`: The request is a test call. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `UNKNOWN_FLOW`: There is no such flow. `FLOW_NOT_RUNNABLE`: The flow cannot be run. `NOT_WHITELISTED`: The address is not whitelisted. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/splits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Splits, newest first
         * @description Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Splits, newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SplitPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Split a list over several flows, to compare them
         * @description 2 to 5 arms. The number and the salt decide who belongs to which, in the proportion of the weights: the same number is in one arm however often the list has it. Each arm is a request of its own, checked and scrubbed once, with the options given; all of them are made or none. Rows without a number are answered for in the first arm.
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSplit"];
                    "multipart/form-data": components["schemas"]["NewSplitUpload"];
                };
            };
            responses: {
                /** @description Split a list over several flows, to compare them */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SplitSummary"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `UNKNOWN_FLOW`: There is no such flow. `FLOW_NOT_RUNNABLE`: The flow cannot be run. `NOT_WHITELISTED`: The address is not whitelisted. `TOO_MANY_FILES`: Too many files. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `STORAGE_UNAVAILABLE`: Uploads cannot be stored right now. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/splits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of each arm, and what their differences show
         * @description Shares are of all people of an arm whose part has ended, answered or not, so that arms stay comparable. `variable` is one that a key press or the flow sets; converted are those whose `value` it is, or who have any. Intervals are Wilson's of a share and Newcombe's of a difference, at 95%; each arm is compared with the first one.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: {
                    variable?: string;
                    value?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What came of each arm, and what their differences show */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Split"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{id}/test-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a flow on a whitelisted number
         * @description One call, at once and tried once, to a verified number of the account's whitelist; of a draft too, and of a transactional flow that may not run yet. Not scrubbed, at any hour, and under no limit on how often a person is contacted: whoever answers has proved the number and belongs to the account. The blacklist holds. In reports the call is marked as a test; no statistics and no forecast reckon with it.
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewTestCall"];
                };
            };
            responses: {
                /** @description Try a flow on a whitelisted number */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestCall"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `FLOW_NOT_PUBLISHED`: The flow has no such published version. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `FLOW_NOT_RUNNABLE`: The flow cannot be run. `FLOW_HAS_PROBLEMS`: The flow has problems. `NOT_WHITELISTED`: The address is not whitelisted. `INVALID_NUMBER`: The number is not valid. `BLACKLISTED`: The number is blacklisted. `MISSING_VARIABLE`: A variable of the flow is missing. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call one person, now or at a time
         * @description A number that may not be called is refused with the row result as `code` (`INVALID_NUMBER`, `BLACKLISTED`, `DO_NOT_CALL`, `MISSING_VARIABLE`), and nothing is created.
         *
         *     Scope: `requests:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCall"];
                };
            };
            responses: {
                /** @description Call one person, now or at a time */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeCall"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `UNKNOWN_FLOW`: There is no such flow. `FLOW_NOT_RUNNABLE`: The flow cannot be run. `MISSING_NUMBER`: There is no number. `INVALID_NUMBER`: The number is not valid. `BLACKLISTED`: The number is blacklisted. `DO_NOT_CALL`: The number is in the do-not-call register. `MISSING_VARIABLE`: A variable of the flow is missing. `TOO_LATE`: There is no time left to call. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{uuid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One call and the person's journey through the flow
         * @description Also before it has begun: its state is then `SCHEDULED`. `journey` and `recordings` are of this call alone; `attempts`, `steps` and `timeline` are of everything that was begun for the person in the request.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    uuid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One call and the person's journey through the flow */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Call"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every call, SMS and mail begun, newest first
         * @description Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description Begun at or after. */
                    from?: string;
                    /** @description Begun before. */
                    to?: string;
                    flowType?: "outbound" | "dialer" | "inbound" | "notification";
                    flowId?: number;
                    flowName?: string;
                    /** @description Id of a flow, or part of its name in any case. */
                    flow?: string;
                    uuid?: string;
                    requestId?: number;
                    /** @description The customer’s, of calls and SMS, in any spelling. */
                    number?: string;
                    /** @description The same, of SMS alone. */
                    smsNumber?: string;
                    email?: string;
                    outcome?: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED";
                    state?: "IN_PROGRESS" | "ENDED";
                    medium?: "voice" | "sms" | "email";
                    /** @description `in`: calls to us. */
                    direction?: "out" | "in";
                    /** @description Which come first. A cursor belongs to the order it was given in. */
                    order?: "newest" | "oldest";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Every call, SMS and mail begun, newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AttemptPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/attempts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as CSV, however many rows
         * @description Newest first, attempts that begin while it is downloaded are not in it.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Begun at or after. */
                    from?: string;
                    /** @description Begun before. */
                    to?: string;
                    flowType?: "outbound" | "dialer" | "inbound" | "notification";
                    flowId?: number;
                    flowName?: string;
                    /** @description Id of a flow, or part of its name in any case. */
                    flow?: string;
                    uuid?: string;
                    requestId?: number;
                    /** @description The customer’s, of calls and SMS, in any spelling. */
                    number?: string;
                    /** @description The same, of SMS alone. */
                    smsNumber?: string;
                    email?: string;
                    outcome?: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED";
                    state?: "IN_PROGRESS" | "ENDED";
                    medium?: "voice" | "sms" | "email";
                    /** @description `in`: calls to us. */
                    direction?: "out" | "in";
                    /** @description Which come first. A cursor belongs to the order it was given in. */
                    order?: "newest" | "oldest";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The same as CSV, however many rows */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/attempts/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The compliance receipt of one attempt
         * @description What was known and decided when the attempt was reserved, as it was written down then. `digest` is the SHA-256 of the receipt’s canonical form (RFC 8785), `signature` the platform’s Ed25519 signature of the same bytes. A receipt of an attempt that has not ended changes once: when it ends.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The compliance receipt of one attempt */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Receipt"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/receipts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Receipts as CSV, however many
         * @description With the filters of the report. Cells that hold several things hold JSON.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Begun at or after. */
                    from?: string;
                    /** @description Begun before. */
                    to?: string;
                    flowType?: "outbound" | "dialer" | "inbound" | "notification";
                    flowId?: number;
                    flowName?: string;
                    /** @description Id of a flow, or part of its name in any case. */
                    flow?: string;
                    uuid?: string;
                    requestId?: number;
                    /** @description The customer’s, of calls and SMS, in any spelling. */
                    number?: string;
                    /** @description The same, of SMS alone. */
                    smsNumber?: string;
                    email?: string;
                    outcome?: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED";
                    state?: "IN_PROGRESS" | "ENDED";
                    medium?: "voice" | "sms" | "email";
                    /** @description `in`: calls to us. */
                    direction?: "out" | "in";
                    /** @description Which come first. A cursor belongs to the order it was given in. */
                    order?: "newest" | "oldest";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Receipts as CSV, however many */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/receipts.ndjson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Receipts as lines of JSON, however many
         * @description With the filters of the report. Each line is what `/attempts/{id}/receipt` answers; `clarion receipt verify` checks the whole file.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Begun at or after. */
                    from?: string;
                    /** @description Begun before. */
                    to?: string;
                    flowType?: "outbound" | "dialer" | "inbound" | "notification";
                    flowId?: number;
                    flowName?: string;
                    /** @description Id of a flow, or part of its name in any case. */
                    flow?: string;
                    uuid?: string;
                    requestId?: number;
                    /** @description The customer’s, of calls and SMS, in any spelling. */
                    number?: string;
                    /** @description The same, of SMS alone. */
                    smsNumber?: string;
                    email?: string;
                    outcome?: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED";
                    state?: "IN_PROGRESS" | "ENDED";
                    medium?: "voice" | "sms" | "email";
                    /** @description `in`: calls to us. */
                    direction?: "out" | "in";
                    /** @description Which come first. A cursor belongs to the order it was given in. */
                    order?: "newest" | "oldest";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Receipts as lines of JSON, however many */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/receipts/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public key that receipts are signed with
         * @description Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The public key that receipts are signed with */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReceiptKey"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why somebody was, was not, or would not be contacted
         * @description Asks every rule of the last moment, in the order in which they count, about one number or address at one moment, for a flow or for a record of a request. The same rules decide when an attempt is reserved, save `DUE`, which decides whether it comes to that. Nothing is written.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: {
                    number?: string;
                    /** @description Instead of a number, with `medium=email`. */
                    email?: string;
                    /** @description The moment asked about, past or to come. Absent: now. */
                    at?: string;
                    flowId?: number;
                    flowName?: string;
                    /** @description Instead of a flow: the request whose record the person is. */
                    requestId?: number;
                    /** @description `sms` and `email`: a message from inside a call. */
                    medium?: "voice" | "sms" | "email";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Why somebody was, was not, or would not be contacted */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Explanation"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `UNKNOWN_FLOW`: There is no such flow. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find a request, a call, a person or a flow
         * @description By the id of a request or a flow, part of the name of a file or a flow, a telephone number in any spelling, a mail address, or the UUID of a call. At most 20 results. Shown is what the caller may read: requests by `requests:read`, flows by `flows:read`, calls and persons by `reports:read`, numbers of ours by `dids:read`.
         *
         *     For everybody who is known.
         */
        get: {
            parameters: {
                query: {
                    q: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Find a request, a call, a person or a flow */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SearchResults"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/attempts/{id}/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was recorded in a call
         * @description In the order they began; empty when nothing was recorded.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What was recorded in a call */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingList"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/attempts/{id}/recordings/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audio of a recording
         * @description GSM 06.10, 8 kHz, mono: 33 bytes for each 20 ms.
         *
         *     Scope: `reports:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The audio of a recording */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/gsm": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. `RECORDING_LOST`: There is no audio of the recording. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `RECORDING_EMPTY`: Nothing was heard in the recording. `RECORDING_NOT_READY`: The recording is not in storage yet. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Flows of the account
         * @description Scope: `flows:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    type?: "outbound" | "dialer" | "inbound" | "notification";
                    name?: string;
                    /** @description An id, or part of a name in any case. */
                    search?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Flows of the account */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FlowPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Create a flow as a draft
         * @description Scope: `flows:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewFlow"];
                };
            };
            responses: {
                /** @description Create a flow as a draft */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Flow"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `NAME_TAKEN`: The name is in use. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One flow with its draft
         * @description Scope: `flows:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One flow with its draft */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Flow"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replace the draft, the name or the kind of traffic
         * @description Published versions never change. Fields that are left out stay as they are.
         *
         *     Scope: `flows:write`.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FlowChanges"];
                };
            };
            responses: {
                /** @description Replace the draft, the name or the kind of traffic */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Flow"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NAME_TAKEN`: The name is in use. `FLOW_CHANGED`: Somebody changed the flow meanwhile. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flow-context": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What flows of the account may refer to
         * @description With it a check made elsewhere, such as while somebody types, finds what the check here finds.
         *
         *     Scope: `flows:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What flows of the account may refer to */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FlowContext"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a definition that is not stored
         * @description Scope: `flows:read`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FlowToCheck"];
                };
            };
            responses: {
                /** @description Check a definition that is not stored */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FlowCheck"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check the draft as publishing would
         * @description Scope: `flows:read`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Check the draft as publishing would */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FlowCheck"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Published versions, newest first
         * @description Scope: `flows:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Published versions, newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FlowVersionPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One published version
         * @description Scope: `flows:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                    version: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One published version */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FlowVersion"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the draft as the next version
         * @description The draft is checked first. Requests that run keep the version they started with. A transactional flow waits for operations to approve the new version.
         *
         *     Scope: `flows:write`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `revision` you saw last: when somebody changed the draft since, you get FLOW_CHANGED. */
                    revision?: number;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Publish the draft as the next version */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FlowVersion"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `FLOW_CHANGED`: Somebody changed the flow meanwhile. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `FLOW_HAS_PROBLEMS`: The flow has problems. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve the published version of a transactional flow
         * @description For operations. Name the version that was looked at: a later one is not approved by accident.
         *
         *     Scope: `flows:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FlowApproval"];
                };
            };
            responses: {
                /** @description Approve the published version of a transactional flow */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Flow"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `OPERATIONS_ONLY`: Only operations may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `FLOW_NOT_PUBLISHED`: The flow has no such published version. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{id}/template.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An empty list for a flow: its columns
         * @description The phone column and a column for each variable of the published version, or of the draft where none is published.
         *
         *     Scope: `flows:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description An empty list for a flow: its columns */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prompts, newest first
         * @description A key of operations that names no account lists the prompts of every account.
         *
         *     Scope: `prompts:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    status?: "PENDING" | "APPROVED" | "REJECTED";
                    name?: string;
                    tag?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Prompts, newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PromptPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a recording
         * @description It is kept as given, converted for the telephone (8 kHz, mono), and waits for operations to approve it. Only approved prompts are played. The account holder is told by mail.
         *
         *     Scope: `prompts:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["PromptUpload"];
                };
            };
            responses: {
                /** @description Add a recording */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Prompt"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `NAME_TAKEN`: The name is in use. `TOO_MANY_PROMPTS`: The account has as many prompts as it may. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `NOT_AUDIO`: The file is no sound that can be used. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `STORAGE_UNAVAILABLE`: Uploads cannot be stored right now. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prompts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One prompt
         * @description Scope: `prompts:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One prompt */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Prompt"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a prompt and its sound
         * @description Refused while a published flow, or a request that has not ended, plays it.
         *
         *     Scope: `prompts:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `PROMPT_IN_USE`: A flow plays the prompt. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change the name or the tags
         * @description A prompt that a published flow plays keeps its name. Another recording is another prompt.
         *
         *     Scope: `prompts:write`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PromptChanges"];
                };
            };
            responses: {
                /** @description Change the name or the tags */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Prompt"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NAME_TAKEN`: The name is in use. `PROMPT_IN_USE`: A flow plays the prompt. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/prompts/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The recording as it was given
         * @description Scope: `prompts:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The recording as it was given */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/*": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prompts/{id}/telephone-audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The recording as people hear it on the telephone
         * @description WAV, G.711 u-law, 8 kHz, mono: browsers play it.
         *
         *     Scope: `prompts:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The recording as people hear it on the telephone */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/wav": string;
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prompts/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a prompt: flows may play it
         * @description For operations. The account holder is told by mail.
         *
         *     Scope: `prompts:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Approve a prompt: flows may play it */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Prompt"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `OPERATIONS_ONLY`: Only operations may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prompts/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a prompt, with the reason
         * @description For operations. One that was approved is taken back: calls stop playing it within seconds. The account holder is told by mail.
         *
         *     Scope: `prompts:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PromptRejection"];
                };
            };
            responses: {
                /** @description Reject a prompt, with the reason */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Prompt"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `OPERATIONS_ONLY`: Only operations may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blacklist/phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Blacklisted numbers
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description What entries begin with. */
                    number?: string;
                    /** @description Words of the reason, in any case. */
                    reason?: string;
                    /** @description Only those that no longer count, or only those that do. */
                    expired?: "true" | "false";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Blacklisted numbers */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlacklistPhonePage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Blacklist numbers
         * @description Numbers without a country code are read in the account's country. One that is there already gets the new reason and expiry. One invalid one refuses all.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewBlacklistPhones"];
                };
            };
            responses: {
                /** @description Blacklist numbers */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlacklistAdded"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `INVALID_NUMBER`: The number is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blacklist/phones/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a number off the blacklist
         * @description Scope: `lists:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    number: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blacklist/phones/removals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take several numbers off the blacklist, or all that have expired
         * @description Those that are not on it are passed over. One invalid one refuses all.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BlacklistRemovalOfPhones"];
                };
            };
            responses: {
                /** @description Take several numbers off the blacklist, or all that have expired */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlacklistRemoved"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `INVALID_NUMBER`: The number is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blacklist/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Blacklisted mail addresses
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    /** @description What entries begin with. */
                    email?: string;
                    /** @description Words of the reason, in any case. */
                    reason?: string;
                    /** @description Only those that no longer count, or only those that do. */
                    expired?: "true" | "false";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Blacklisted mail addresses */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlacklistEmailPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Blacklist mail addresses
         * @description One that is there already gets the new reason and expiry. One invalid one refuses all.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewBlacklistEmails"];
                };
            };
            responses: {
                /** @description Blacklist mail addresses */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlacklistAdded"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `INVALID_NUMBER`: The number is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blacklist/emails/{email}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a mail address off the blacklist
         * @description Scope: `lists:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    email: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blacklist/emails/removals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take several mail addresses off the blacklist, or all that have expired
         * @description Those that are not on it are passed over. One invalid one refuses all.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BlacklistRemovalOfEmails"];
                };
            };
            responses: {
                /** @description Take several mail addresses off the blacklist, or all that have expired */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlacklistRemoved"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `INVALID_NUMBER`: The number is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blacklist/phones/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Blacklist the numbers of a file
         * @description All usable rows are added in one transaction; those that are there already get the new reason and expiry.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["BlacklistPhoneUpload"];
                };
            };
            responses: {
                /** @description Blacklist the numbers of a file */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlacklistImport"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `TOO_MANY_FILES`: Too many files. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `STORAGE_UNAVAILABLE`: Uploads cannot be stored right now. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blacklist/emails/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Blacklist the mail addresses of a file
         * @description All usable rows are added in one transaction; those that are there already get the new reason and expiry.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["BlacklistEmailUpload"];
                };
            };
            responses: {
                /** @description Blacklist the mail addresses of a file */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlacklistImport"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `TOO_MANY_FILES`: Too many files. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `STORAGE_UNAVAILABLE`: Uploads cannot be stored right now. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/whitelist/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whitelisted mail addresses
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Whitelisted mail addresses */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistEmailPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Whitelist a mail address
         * @description One that is there already is answered with its entry.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewWhitelistEmail"];
                };
            };
            responses: {
                /** @description Whitelist a mail address */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistEmail"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/whitelist/emails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a mail address off the whitelist
         * @description Scope: `lists:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/whitelist/phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whitelisted numbers, verified or not
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Whitelisted numbers, verified or not */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistPhonePage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Whitelist a number: send it a code
         * @description At most 10 numbers, verified or not. A code of 6 digits goes out within seconds and is good for 10 minutes and 5 tries; asked for again, another is sent and the one before is worth nothing. One hour sees at most 5 codes for a number and 20 of an account. A number that is verified already is answered with its entry.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewWhitelistPhone"];
                };
            };
            responses: {
                /** @description Whitelist a number: send it a code */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistPhone"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `TOO_MANY_ENTRIES`: The list has as many entries as it may. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `INVALID_NUMBER`: The number is not valid. `BLACKLISTED`: The number is blacklisted. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `TOO_MANY_CODES`: Too many codes have been asked for. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/whitelist/phones/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enter the code
         * @description Each call is one of the 5 tries of the newest code, right or wrong.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WhitelistCode"];
                };
            };
            responses: {
                /** @description Enter the code */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistPhone"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `NO_CODE`: There is no code that can be entered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `WRONG_CODE`: The code is not the one that was sent. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/whitelist/phones/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One whitelisted number, and what became of its code
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One whitelisted number, and what became of its code */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistPhone"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Take a number off the whitelist
         * @description Scope: `lists:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/whitelist/ips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whitelisted IPv4 addresses that keys may be used from
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Whitelisted IPv4 addresses that keys may be used from */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistAddressPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Whitelist an address
         * @description A single IPv4 address or a network in CIDR notation. Once any is listed, calls with a key of the account from elsewhere get 403 `ADDRESS_NOT_ALLOWED`. Keys of operations are exempt. At most 100. One that is there already is answered with its entry.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewWhitelistAddress"];
                };
            };
            responses: {
                /** @description Whitelist an address */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistAddress"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `TOO_MANY_ENTRIES`: The list has as many entries as it may. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `CONFIRM_NEEDED`: This needs confirm: true. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/whitelist/ips/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an address off the whitelist
         * @description Scope: `lists:write`.
         */
        delete: {
            parameters: {
                query?: {
                    confirm?: "true" | "false";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `CONFIRM_NEEDED`: This needs confirm: true. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/whitelist/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whitelisted domains whose pages may use keys
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Whitelisted domains whose pages may use keys */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistDomainPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Whitelist a domain
         * @description A host, or `*.example.com` for every host below one. Once any is listed, calls whose `Origin` (or without one, `Referer`) names another host get 403 `DOMAIN_NOT_ALLOWED`, and so do calls that name none, unless their address is whitelisted. Keys of operations are exempt. At most 100. One that is there already is answered with its entry.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewWhitelistDomain"];
                };
            };
            responses: {
                /** @description Whitelist a domain */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhitelistDomain"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `TOO_MANY_ENTRIES`: The list has as many entries as it may. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `CONFIRM_NEEDED`: This needs confirm: true. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/whitelist/domains/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a domain off the whitelist
         * @description Scope: `lists:write`.
         */
        delete: {
            parameters: {
                query?: {
                    confirm?: "true" | "false";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `CONFIRM_NEEDED`: This needs confirm: true. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/email-uploads/address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account's address for lists
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The account's address for lists */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EmailUploadAddress"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Draw a new address for lists
         * @description The one before leads nowhere at once: mail to it is dropped and shown nowhere.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Draw a new address for lists */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EmailUploadAddress"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `MAIL_IN_OFF`: No mail is taken here. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Take no more lists by mail
         * @description Scope: `lists:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incoming-mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Mails that came with lists, newest first
         * @description All that came to the address, refused ones included, with the reason. The refused senders hear nothing.
         *
         *     Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    verdict?: "WAITING" | "ACCEPTED" | "REFUSED";
                    from?: string;
                    to?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Mails that came with lists, newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncomingMailPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incoming-mails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One mail
         * @description Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One mail */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncomingMail"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Loads of the register, newest first
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Loads of the register, newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterVersionPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Load numbers into the do-not-call register
         * @description Loads a file as a new version, whole or not at all; until it is in force, and if it fails, the version before stays. A small file is loaded before the reply, which is 201. A large one, or one that comes while another is being loaded, gets 202 with the status `QUEUED`: read `/register/imports/{id}` until it is `DONE` or `FAILED`. With a key of operations that names no account, into the register of the platform, which applies to every account.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["RegisterUpload"];
                };
            };
            responses: {
                /** @description Load numbers into the do-not-call register */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterImport"];
                    };
                };
                /** @description Taken on. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterImport"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One load: how far it is, and the rows that were not taken as they stood
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One load: how far it is, and the rows that were not taken as they stood */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterImport"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the register says of a number, and what that means for a promotional flow now
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query: {
                    number: string;
                    /** @description What the flow promotes. Absent: as a flow without a category. */
                    category?: "FINANCE" | "REAL_ESTATE" | "EDUCATION" | "HEALTH" | "CONSUMER_GOODS" | "COMMUNICATION" | "TOURISM";
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What the register says of a number, and what that means for a promotional flow now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterCheck"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How often a person may be contacted
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description How often a person may be contacted */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContactLimits"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change how often a person may be contacted
         * @description Counts from the next attempt on, in requests that are under way, too. A field that is left out stays as it is; null takes the limit away. A flow may be stricter by its setting `frequency`.
         *
         *     Scope: `lists:write`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Calls to one number within a day of the person’s own calendar; text messages and mails likewise, each counted for itself. Null: no limit. */
                        perDay?: number | null;
                        /** @description From the beginning of one contact to that of the next by the same medium. Null: none. */
                        gapMs?: number | null;
                    };
                };
            };
            responses: {
                /** @description Change how often a person may be contacted */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContactLimits"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/holiday-calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Holiday calendars
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Holiday calendars */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HolidayCalendarPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Make a holiday calendar
         * @description A flow or a request that names it in `holidayCalendars` contacts nobody on its dates, each a whole day by the person's own clock. At most 100 an account.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewHolidayCalendar"];
                };
            };
            responses: {
                /** @description Make a holiday calendar */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HolidayCalendar"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `NAME_TAKEN`: The name is in use. `TOO_MANY_ENTRIES`: The list has as many entries as it may. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holiday-calendars/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One calendar
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One calendar */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HolidayCalendar"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a calendar
         * @description Not while a request that runs keeps it. A flow that still names it can not be launched.
         *
         *     Scope: `lists:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `CALENDAR_IN_USE`: A request that runs keeps the calendar. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change whose numbers keep it
         * @description Scope: `lists:write`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["HolidayCalendarChanges"];
                };
            };
            responses: {
                /** @description Change whose numbers keep it */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HolidayCalendar"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/holiday-calendars/{id}/dates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its dates, first to last
         * @description Scope: `lists:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Its dates, first to last */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HolidayPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add dates, as a list or as csv
         * @description A date that is there gets the new name. One that cannot be read refuses all. At most 1000 a calendar. Requests that run and keep the calendar go by it at once.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewHolidays"];
                };
            };
            responses: {
                /** @description Add dates, as a list or as csv */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HolidaysAdded"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `TOO_MANY_ENTRIES`: The list has as many entries as it may. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holiday-calendars/{id}/dates/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a date away
         * @description Scope: `lists:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                    date: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holiday-calendars/{id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add the public holidays of a country and year
         * @description From the package `date-holidays`, which whoever runs the server installs. Governments move and add days: look the result over.
         *
         *     Scope: `lists:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["HolidayImport"];
                };
            };
            responses: {
                /** @description Add the public holidays of a country and year */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HolidaysAdded"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `TOO_MANY_ENTRIES`: The list has as many entries as it may. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `HOLIDAY_DATA_MISSING`: Public holidays are not installed here. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promotional-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Promotional hours by country, built in and added
         * @description Of the rules added for a country the one that began last holds, and the built-in one with it unless it `replacesBuiltIn`. A country without any has no such hours.
         *
         *     Scope: `flows:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Promotional hours by country, built in and added */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PromotionalHoursPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add promotional hours of a country
         * @description For operations. Holds for all accounts, from `effectiveFrom` on. It adds to what is built in for the country; only with `replacesBuiltIn` may it be weaker.
         *
         *     Scope: `flows:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPromotionalHours"];
                };
            };
            responses: {
                /** @description Add promotional hours of a country */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PromotionalHours"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `OPERATIONS_ONLY`: Only operations may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promotional-hours/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take added hours back
         * @description For operations. Those built in stay.
         *
         *     Scope: `flows:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `OPERATIONS_ONLY`: Only operations may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Trunks of the account, with what they are doing and why they are not
         * @description An account without trunks calls by the default line: see `/trunks/default`.
         *
         *     Scope: `trunks:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Trunks of the account, with what they are doing and why they are not */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TrunkPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a trunk
         * @description Takes a key of operations, which names the account in `X-Account-Id`, unless the account was the last to have a trunk by the endpoint. From the first one on, the account's calls leave by its trunks alone, by the one that is up, has room and is least loaded. Where nothing is said: 30 calls at once, 10 a second, no caller ids, ulaw before alaw, enabled, priority 10.
         *
         *     Scope: `trunks:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewTrunk"];
                };
            };
            responses: {
                /** @description Add a trunk */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trunk"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `OPERATIONS_ONLY`: Only operations may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `NAME_TAKEN`: The name is in use. `ENDPOINT_TAKEN`: The endpoint belongs to another trunk. `TOO_MANY_TRUNKS`: The account has as many trunks as it may. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trunks/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The line of accounts without trunks, and how the workers see it
         * @description Scope: `trunks:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The line of accounts without trunks, and how the workers see it */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DefaultLine"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trunks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One trunk, with what it is doing and why it is not
         * @description Scope: `trunks:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One trunk, with what it is doing and why it is not */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trunk"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a trunk
         * @description Removed by operations, its endpoint is no longer assigned to the account. Refused while calls are in progress by it, and for the only trunk while requests have not ended: their calls would leave by the default line.
         *
         *     Scope: `trunks:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `TRUNK_IN_USE`: The trunk is in use. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a trunk
         * @description Counts from the next call on; calls in progress stay as they are. A disabled trunk takes no new calls. Another endpoint takes a key of operations.
         *
         *     Scope: `trunks:write`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TrunkChanges"];
                };
            };
            responses: {
                /** @description Change a trunk */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trunk"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `OPERATIONS_ONLY`: Only operations may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NAME_TAKEN`: The name is in use. `ENDPOINT_TAKEN`: The endpoint belongs to another trunk. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/tariff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account's tariff; null where it has none
         * @description Scope: `trunks:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The account's tariff; null where it has none */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TariffReply"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replace the tariff
         * @description Forecasts and costs go by it from now on.
         *
         *     Scope: `trunks:write`.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewTariff"];
                };
            };
            responses: {
                /** @description Replace the tariff */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TariffReply"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Remove the tariff
         * @description Forecasts say nothing of cost then. Removing none changes nothing.
         *
         *     Scope: `trunks:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Remove the tariff */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TariffReply"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/cost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a request has cost so far
         * @description Reads every answered call of the request: for people who look, not for polling.
         *
         *     Scope: `requests:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What a request has cost so far */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cost: components["schemas"]["RequestCost"];
                        };
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Numbers that people call, and the flows that answer
         * @description Scope: `dids:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                    flowId?: number;
                    number?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Numbers that people call, and the flows that answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DidPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Have an inbound flow answer a number
         * @description The flow is of type inbound and published; each call runs the version that is published when it comes in. A number belongs to one account of the platform.
         *
         *     Scope: `dids:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDid"];
                };
            };
            responses: {
                /** @description Have an inbound flow answer a number */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Did"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `NUMBER_TAKEN`: The number is in use. `TOO_MANY_DIDS`: The account has as many numbers as it may. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. `INVALID_NUMBER`: The number is not valid. `UNKNOWN_FLOW`: There is no such flow. `FLOW_NOT_RUNNABLE`: The flow cannot be run. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dids/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One number
         * @description Scope: `dids:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One number */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Did"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Give a number up
         * @description Calls in progress go on, and past ones stay in the reports.
         *
         *     Scope: `dids:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Have another flow answer, or switch the number on or off
         * @description Calls in progress go on as they began.
         *
         *     Scope: `dids:write`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DidChanges"];
                };
            };
            responses: {
                /** @description Have another flow answer, or switch the number on or off */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Did"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `UNKNOWN_FLOW`: There is no such flow. `FLOW_NOT_RUNNABLE`: The flow cannot be run. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/accounts/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account the key acts for
         * @description Scope: `account:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The account the key acts for */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys, newest first
         * @description Scope: `keys:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Keys, newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiKeyPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Make a key; it is shown once
         * @description Scope: `keys:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            responses: {
                /** @description Make a key; it is shown once */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeApiKey"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key, at once and for good
         * @description Scope: `keys:write`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who calls
         * @description For everybody who is known.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Who calls */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in, if anybody
         * @description As `GET /me`, without a refusal for those who are not signed in: what a console asks first.
         *
         *     For everybody.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Who is signed in, if anybody */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedInAs"];
                    };
                };
                /** @description `CROSS_SITE`: Another site made this call. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Sign in; the session is a cookie
         * @description For everybody.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            responses: {
                /** @description Sign in; the session is a cookie */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                /** @description `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `SIGN_IN_REFUSED`: Email and password do not fit. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `TOO_MANY_TRIES`: Too many tries. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish signing in with a code of the second factor, or a recovery code
         * @description For everybody.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignInCode"];
                };
            };
            responses: {
                /** @description Finish signing in with a code of the second factor, or a recovery code */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                /** @description `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `CODE_REFUSED`: The code is not right. `SIGN_IN_EXPIRED`: Begin to sign in again. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `TOO_MANY_TRIES`: Too many tries. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out here
         * @description For everybody.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `CROSS_SITE`: Another site made this call. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/forgotten": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a link mailed that sets a new password
         * @description Answers the same whether the address is known or not. The link works once, for an hour.
         *
         *     For everybody.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ForgottenPassword"];
                };
            };
            responses: {
                /** @description Have a link mailed that sets a new password */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `CROSS_SITE`: Another site made this call. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `TOO_MANY_TRIES`: Too many tries. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/set-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a password by a mailed link; every session of the person ends
         * @description For everybody.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordByLink"];
                };
            };
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `CROSS_SITE`: Another site made this call. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `LINK_SPENT`: The link is used up or too old. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act for another account of yours
         * @description For everybody who is known.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ActiveAccount"];
                };
            };
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `SESSION_ONLY`: Only people may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/end-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out everywhere, here too
         * @description For everybody who is known.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `SESSION_ONLY`: Only people may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password; other sessions end
         * @description For everybody who is known.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordChange"];
                };
            };
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `SESSION_ONLY`: Only people may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `WRONG_PASSWORD`: The password is not right. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a second factor: a secret for an authenticator app, and recovery codes
         * @description For everybody who is known.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WithPassword"];
                };
            };
            responses: {
                /** @description Begin a second factor: a secret for an authenticator app, and recovery codes */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SecondFactorBegun"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `SESSION_ONLY`: Only people may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `WRONG_PASSWORD`: The password is not right. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch the second factor on with its first code
         * @description For everybody who is known.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SecondFactorCode"];
                };
            };
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. `CODE_REFUSED`: The code is not right. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `SESSION_ONLY`: Only people may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/second-factor/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do without a second factor
         * @description For everybody who is known.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WithPassword"];
                };
            };
            responses: {
                /** @description Done. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `SESSION_ONLY`: Only people may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `WRONG_PASSWORD`: The password is not right. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * New recovery codes; the old ones end
         * @description For everybody who is known.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WithPassword"];
                };
            };
            responses: {
                /** @description New recovery codes; the old ones end */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryCodes"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. `SESSION_ONLY`: Only people may do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `WRONG_PASSWORD`: The password is not right. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People of the account
         * @description Scope: `users:read`.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    /** @description `nextCursor` of the page before. */
                    cursor?: string;
                };
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description People of the account */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UserPage"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite a person
         * @description They get a mail with a link to set a password; it works once, for seven days. Whoever has a password from another account keeps it and finds this account in theirs.
         *
         *     Scope: `users:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewUser"];
                };
            };
            responses: {
                /** @description Invite a person */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. `USER_EXISTS`: The person belongs to the account already. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One person
         * @description Scope: `users:read`.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One person */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a role, or end or reopen the way in
         * @description Holds from the next call on. An account keeps at least one owner.
         *
         *     Scope: `users:write`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UserChange"];
                };
            };
            responses: {
                /** @description Change a role, or end or reopen the way in */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `LAST_OWNER`: An account keeps an owner. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/users/{id}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a new link to set a password
         * @description The links before it end when it is used.
         *
         *     Scope: `users:write`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The account acted for. Needed by keys of operations; a session acts for its own without. */
                    "X-Account-Id"?: string;
                    /** @description The same key and body within 24 hours answer the first reply again, with `Idempotency-Replayed: true`; another body gets 422. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Mail a new link to set a password */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description `ACCOUNT_REQUIRED`: Name the account in X-Account-Id. `MALFORMED_BODY`: The body cannot be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNAUTHENTICATED`: Sign in, or send a valid API key as Authorization: Bearer. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `MISSING_SCOPE`: The caller lacks a scope. `WRONG_ACCOUNT`: The key belongs to another account. `ADDRESS_NOT_ALLOWED`: Calls from this address are not allowed. `DOMAIN_NOT_ALLOWED`: Calls from this domain are not allowed. `CROSS_SITE`: Another site made this call. `NO_ACCOUNT`: There is no account to act for. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `NOT_FOUND`: There is no such thing. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `IDEMPOTENCY_IN_PROGRESS`: The first request with this key is still being answered. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `BODY_TOO_LARGE`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not taken here. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INVALID_INPUT`: The input is not valid. `IDEMPOTENCY_KEY_REUSED`: The key was used for another request. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `TOO_MANY_TRIES`: Too many tries. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `INTERNAL`: Something went wrong on our side. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @example about:blank */
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "MALFORMED_BODY" | "ACCOUNT_REQUIRED" | "UNAUTHENTICATED" | "SIGN_IN_REFUSED" | "CODE_REFUSED" | "SIGN_IN_EXPIRED" | "CROSS_SITE" | "NO_ACCOUNT" | "SESSION_ONLY" | "MISSING_SCOPE" | "WRONG_ACCOUNT" | "OPERATIONS_ONLY" | "ADDRESS_NOT_ALLOWED" | "DOMAIN_NOT_ALLOWED" | "NOT_FOUND" | "RECORDING_LOST" | "USER_EXISTS" | "LAST_OWNER" | "NAME_TAKEN" | "IDEMPOTENCY_IN_PROGRESS" | "REQUEST_ENDED" | "REQUEST_CANCELLING" | "REQUEST_ALREADY_PAUSED" | "REQUEST_NOT_PAUSED" | "REQUEST_NOT_OPEN" | "REQUEST_NOT_ENDED" | "NOTHING_TO_RETRY" | "ALREADY_RETRIED" | "NOTHING_TO_CLONE" | "LIST_NOT_READ" | "IS_A_TEST" | "REQUEST_FULL" | "PROMPT_IN_USE" | "TOO_MANY_PROMPTS" | "RECORDING_NOT_READY" | "RECORDING_EMPTY" | "FLOW_CHANGED" | "FLOW_NOT_PUBLISHED" | "ENDPOINT_TAKEN" | "CALENDAR_IN_USE" | "TRUNK_IN_USE" | "NUMBER_TAKEN" | "TOO_MANY_DIDS" | "NO_CODE" | "TOO_MANY_ENTRIES" | "MAIL_IN_OFF" | "TOO_MANY_TRUNKS" | "BODY_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "INVALID_INPUT" | "UNKNOWN_FLOW" | "FLOW_NOT_RUNNABLE" | "FLOW_HAS_PROBLEMS" | "NOT_WHITELISTED" | "WRONG_CODE" | "CONFIRM_NEEDED" | "NOT_AUDIO" | "TOO_MANY_FILES" | "IDEMPOTENCY_KEY_REUSED" | "MALFORMED_ROW" | "MISSING_NUMBER" | "INVALID_NUMBER" | "DUPLICATE" | "BLACKLISTED" | "DO_NOT_CALL" | "MISSING_VARIABLE" | "TOO_LATE" | "LINK_SPENT" | "WRONG_PASSWORD" | "TOO_MANY_TRIES" | "TOO_MANY_STREAMS" | "TOO_MANY_CODES" | "INTERNAL" | "PROOF_TOO_LONG" | "HOLIDAY_DATA_MISSING" | "STORAGE_UNAVAILABLE";
            /** @description What is wrong, as a sentence for a person. */
            detail: string;
            /** @description Each field or row at fault. */
            errors?: {
                field: string;
                message: string;
            }[];
            /** @description For INTERNAL: quote it to operations, who find the cause by it. */
            reference?: string;
        };
        CreatedRequests: {
            requests: components["schemas"]["RequestSummary"][];
        };
        RequestSummary: {
            id: number;
            /** @enum {string} */
            status: "RECEIVED" | "SCHEDULED" | "IN_PROCESS" | "PAUSED" | "COMPLETED" | "CANCELLED" | "EXPIRED" | "REJECTED";
            /** @enum {string} */
            flowType: "outbound" | "dialer" | "inbound" | "notification";
            flowId: number;
            flowName: string;
            flowVersion: number;
            /**
             * @description `test`: a test call, with which no statistics reckon.
             * @enum {string}
             */
            source: "upload" | "records" | "call" | "message" | "retry" | "clone" | "test" | "email";
            /** @description The request whose people these are: of a `retry` or a `clone`. */
            fromRequestId: number | null;
            /** @description The split it is an arm of. */
            split: {
                id: number;
                /** @description From 0. */
                arm: number;
            } | null;
            fileName: string | null;
            /** @description Rows found in the list. */
            loaded: number;
            /** @description Rows accepted. loaded = added + rejected. */
            added: number;
            /** @description Accepted rows that have ended. */
            completed: number;
            /** @description Completed of added, rounded down to two decimals: 100 means all. */
            completionPercent: number;
            /** @description Rejected rows by result. */
            rejected: {
                [key: string]: number;
            };
            /** @description Ended rows by outcome. */
            outcomes: {
                [key: string]: number;
            };
            /** @description Settled attempts by outcome. */
            attempts: {
                [key: string]: number;
            };
            /** @description Why the whole file was turned away. */
            rejection: {
                /** @enum {string} */
                code: "NOT_CSV" | "NO_PHONE_COLUMN" | "EMPTY_FILE" | "FILE_TOO_LARGE" | "ZIP_TOO_LARGE" | "ZIP_UNSAFE" | "BAD_ENCODING" | "FLOW_NOT_RUNNABLE";
                detail: string;
            } | null;
            /** @description Takes more records. */
            open: boolean;
            /**
             * Format: date-time
             * @example null
             */
            startAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            endAt: string | null;
            /**
             * Format: date-time
             * @description What it waits for.
             * @example null
             */
            nextDueAt: string | null;
            /** @description Why no call of it begins although calls are due: no line can take them. */
            waitingFor: {
                /** @enum {string} */
                reason: "TRUNK_UNAVAILABLE";
                detail: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                since: string;
            } | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example null
             */
            startedAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            endedAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            pausedAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            cancelRequestedAt: string | null;
        };
        NewRequest: {
            flowId?: number;
            flowName?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            startAt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            endAt?: string;
            /** @description Who gets the status mail: whitelisted addresses of the account. */
            statusEmails?: string[];
            phoneColumn?: string;
            /** @description Take more records until closed. */
            open?: boolean;
            /**
             * @description Lay first calls evenly over the permitted hours, so that agents and web pages are not flooded. Retries are not held back by it.
             * @example {
             *       "hours": 6
             *     }
             */
            spreadOver?: {
                /** @description So many hours of permitted time, from the first call on. */
                hours?: number;
                /** @description A moment, RFC 3339. Without an offset it is read in the account's zone. */
                until?: string;
            };
            /**
             * @description The people. May be left out for an open request.
             * @default []
             */
            records: components["schemas"]["NewRecord"][];
        };
        NewRecord: {
            /** @example +919876543210 */
            number?: string;
            variables?: {
                [key: string]: string;
            };
            /** @description The person's IANA time zone, such as Asia/Kolkata: their hours follow its clock. Absent: by the number. */
            timezone?: string;
        };
        NewRequestUpload: {
            flowId?: number;
            flowName?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            startAt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            endAt?: string;
            /** @description Comma separated, or the field repeated. */
            statusEmails?: string;
            phoneColumn?: string;
            /** @description Take more records until closed. */
            open?: boolean;
            /**
             * @description Lay first calls evenly over the permitted hours, so that agents and web pages are not flooded. Retries are not held back by it.
             * @example {
             *       "hours": 6
             *     }
             */
            spreadOver?: {
                /** @description So many hours of permitted time, from the first call on. */
                hours?: number;
                /** @description A moment, RFC 3339. Without an offset it is read in the account's zone. */
                until?: string;
            };
            /** @description csv, or zip of csv. At most 20 files, 10 MB each, a zip 25 MB. */
            files: string[];
        };
        RequestPage: {
            items: components["schemas"]["RequestSummary"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        Request: {
            id: number;
            /** @enum {string} */
            status: "RECEIVED" | "SCHEDULED" | "IN_PROCESS" | "PAUSED" | "COMPLETED" | "CANCELLED" | "EXPIRED" | "REJECTED";
            /** @enum {string} */
            flowType: "outbound" | "dialer" | "inbound" | "notification";
            flowId: number;
            flowName: string;
            flowVersion: number;
            /**
             * @description `test`: a test call, with which no statistics reckon.
             * @enum {string}
             */
            source: "upload" | "records" | "call" | "message" | "retry" | "clone" | "test" | "email";
            /** @description The request whose people these are: of a `retry` or a `clone`. */
            fromRequestId: number | null;
            /** @description The split it is an arm of. */
            split: {
                id: number;
                /** @description From 0. */
                arm: number;
            } | null;
            fileName: string | null;
            /** @description Rows found in the list. */
            loaded: number;
            /** @description Rows accepted. loaded = added + rejected. */
            added: number;
            /** @description Accepted rows that have ended. */
            completed: number;
            /** @description Completed of added, rounded down to two decimals: 100 means all. */
            completionPercent: number;
            /** @description Rejected rows by result. */
            rejected: {
                [key: string]: number;
            };
            /** @description Ended rows by outcome. */
            outcomes: {
                [key: string]: number;
            };
            /** @description Settled attempts by outcome. */
            attempts: {
                [key: string]: number;
            };
            /** @description Why the whole file was turned away. */
            rejection: {
                /** @enum {string} */
                code: "NOT_CSV" | "NO_PHONE_COLUMN" | "EMPTY_FILE" | "FILE_TOO_LARGE" | "ZIP_TOO_LARGE" | "ZIP_UNSAFE" | "BAD_ENCODING" | "FLOW_NOT_RUNNABLE";
                detail: string;
            } | null;
            /** @description Takes more records. */
            open: boolean;
            /**
             * Format: date-time
             * @example null
             */
            startAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            endAt: string | null;
            /**
             * Format: date-time
             * @description What it waits for.
             * @example null
             */
            nextDueAt: string | null;
            /** @description Why no call of it begins although calls are due: no line can take them. */
            waitingFor: {
                /** @enum {string} */
                reason: "TRUNK_UNAVAILABLE";
                detail: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                since: string;
            } | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example null
             */
            startedAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            endedAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            pausedAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            cancelRequestedAt: string | null;
            /** @description Calls and messages that have begun and not ended. */
            inProgress: number;
            statusEmails: string[];
            phoneColumn: string | null;
            createdBy: string;
            /**
             * Format: date-time
             * @example null
             */
            closedAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            ingestedAt: string | null;
            policyVersion: number;
            policy: components["schemas"]["RequestPolicy"];
            /** @description Requests made of its people, newest first: at most 50. */
            derived: {
                requestId: number;
                /** @enum {string} */
                source: "upload" | "records" | "call" | "message" | "retry" | "clone" | "test" | "email";
                outcomes: ("ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED")[] | null;
                /** @enum {string} */
                status: "RECEIVED" | "SCHEDULED" | "IN_PROCESS" | "PAUSED" | "COMPLETED" | "CANCELLED" | "EXPIRED" | "REJECTED";
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                createdAt: string;
            }[];
            /** @description How first calls are laid over the hours. Null until it runs, and without `spreadOver`. */
            spread: {
                /**
                 * Format: date-time
                 * @description When those not called before were laid out last.
                 * @example 2026-01-31T09:00:00.000Z
                 */
                from: string;
                /**
                 * Format: date-time
                 * @description After the last of them.
                 * @example 2026-01-31T09:00:00.000Z
                 */
                until: string;
                /** @description Who were laid out then. */
                people: number;
                /** @description First calls an hour of permitted time. */
                perHour: number;
            } | null;
            links: {
                self: string;
                /** @description The request's history in the Temporal UI. */
                workflow?: string;
            };
        };
        RequestPolicy: {
            /**
             * @default null
             * @enum {string|null}
             */
            category: "FINANCE" | "REAL_ESTATE" | "EDUCATION" | "HEALTH" | "CONSUMER_GOODS" | "COMMUNICATION" | "TOURISM" | null;
            /** @default null */
            callingHours: {
                /**
                 * @default [
                 *       1,
                 *       2,
                 *       3,
                 *       4,
                 *       5,
                 *       6,
                 *       7
                 *     ]
                 */
                days: number[];
                from: string;
                to: string;
            }[] | null;
            /** @default [] */
            holidayCalendars: string[];
            /**
             * @default COUNTRY
             * @enum {string}
             */
            zonesBy: "COUNTRY" | "AREA";
            /**
             * @default {
             *       "BUSY": {
             *         "times": 0,
             *         "intervalMs": 0
             *       },
             *       "NO_ANSWER": {
             *         "times": 0,
             *         "intervalMs": 0
             *       },
             *       "FAILED": {
             *         "times": 0,
             *         "intervalMs": 0
             *       },
             *       "MACHINE": {
             *         "times": 0,
             *         "intervalMs": 0
             *       }
             *     }
             */
            retries: {
                /**
                 * @default {
                 *       "times": 0,
                 *       "intervalMs": 0
                 *     }
                 */
                BUSY: {
                    times: number;
                    intervalMs: number;
                };
                /**
                 * @default {
                 *       "times": 0,
                 *       "intervalMs": 0
                 *     }
                 */
                NO_ANSWER: {
                    times: number;
                    intervalMs: number;
                };
                /**
                 * @default {
                 *       "times": 0,
                 *       "intervalMs": 0
                 *     }
                 */
                FAILED: {
                    times: number;
                    intervalMs: number;
                };
                /**
                 * @default {
                 *       "times": 0,
                 *       "intervalMs": 0
                 *     }
                 */
                MACHINE: {
                    times: number;
                    intervalMs: number;
                };
            };
            /** @default 50 */
            concurrency: number;
            /** @default 10000 */
            callsPerSecond: number;
            /** @default [] */
            callerIds: string[];
            /** @default null */
            trunk: string | null;
            /** @default 30000 */
            ringTimeoutMs: number;
            /** @default 600000 */
            maxCallMs: number;
            /** @default true */
            detectMachine: boolean;
            /** @default false */
            recordCalls: boolean;
            /**
             * @default HOLD
             * @enum {string}
             */
            onUnknown: "HOLD" | "RETRY";
            /**
             * @default SKIP
             * @enum {string}
             */
            onLate: "SKIP" | "SEND";
            frequency?: {
                /** @default null */
                perDay: number | null;
                /** @default null */
                gapMs: number | null;
            };
            dlt?: {
                entityId?: string;
                templateId?: string;
            };
            /** @default false */
            emailNotification: boolean;
            timeZone: string;
            homeRegion: string;
            promotional: boolean;
            whitelistedOnly?: boolean;
            frequencyExempt?: boolean;
            spreadOver?: {
                hours: number;
            } | {
                /** Format: date-time */
                until: string;
            } | null;
            test?: boolean;
        };
        Forecast: {
            /** @description The request whose remainder it is. */
            requestId: number | null;
            flowId: number;
            flowName: string;
            /**
             * Format: date-time
             * @example null
             */
            startAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            endAt: string | null;
            /** @description Rows of the list, or of the request. */
            loaded: number;
            /** @description Rows that would be turned away. Of a request: see its own counts. */
            rejected: {
                result: string;
                count: number;
                /** @description The first hundred rows, by their number. */
                rows: number[];
            }[];
            list: components["schemas"]["ListAsRead"];
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            now: string;
            /** @description Who are to be called. */
            people: number;
            /** @description Whose hours are open at this moment. */
            callableNow: number;
            /** @description People whom no hour allows, or no trunk can call. */
            never: {
                /** @enum {string} */
                reason: "NO_LINE" | "NO_OPEN_HOURS" | "OPENS_AFTER_END" | "PREFERENCES_NEVER_MEET";
                /** @description Which rules, by which clocks. */
                detail: string;
                count: number;
                /** @description The first hundred rows, by their number. */
                rows: number[];
            }[];
            /** @description Null where nobody can be called. */
            finishAt: {
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                p5: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                median: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                p95: string;
            } | null;
            attempts: components["schemas"]["ForecastRange"];
            answered: components["schemas"]["ForecastRange"];
            peakCalls: components["schemas"]["ForecastRange"] & unknown;
            outcomes: {
                /** @enum {string} */
                outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED";
                people: components["schemas"]["ForecastRange"];
            }[];
            /** @description Null without a tariff. */
            cost: {
                currency: string;
                p5: string;
                median: string;
                p95: string;
                /** @description Whose numbers no rate fits. */
                unpricedPeople: number;
            } | null;
            timeline: {
                bucketSeconds: number;
                buckets: {
                    /**
                     * Format: date-time
                     * @example 2026-01-31T09:00:00.000Z
                     */
                    at: string;
                    attempts: number;
                    completed: number;
                }[];
            };
            assumptions: components["schemas"]["ForecastAssumptions"];
        };
        /** @description Null for a request: its list was read before. */
        ListAsRead: {
            /** @description As the file calls it. Null for records. */
            phoneColumn: string | null;
            zoneColumn: string | null;
            /** @description The file has numbers alone, and no first line of names. */
            headless: boolean;
            /** @description What the columns feed; empty for records. */
            variables: string[];
            /** @description The flow's own. */
            flowVariables: {
                name: string;
                required: boolean;
            }[];
            /** @description The first five rows and the first ten others that would be turned away, as they were read. */
            sample: {
                row: number;
                given: string;
                number: string | null;
                /** @enum {string} */
                result: "ACCEPTED" | "MALFORMED_ROW" | "MISSING_NUMBER" | "INVALID_NUMBER" | "DUPLICATE" | "BLACKLISTED" | "DO_NOT_CALL" | "MISSING_VARIABLE" | "TOO_LATE";
                detail: string | null;
                variables: {
                    [key: string]: string;
                };
            }[];
        } | null;
        /** @description Of twenty simulated runs one is below p5, one above p95; half are on either side of the median. */
        ForecastRange: {
            p5: number;
            median: number;
            p95: number;
        };
        ForecastAssumptions: {
            /**
             * @description Whose calls the history is of; null where there is none.
             * @enum {string|null}
             */
            history: "REQUEST" | "FLOW" | "ACCOUNT" | null;
            probabilities: {
                /**
                 * @description The outcome before; `FIRST`: none.
                 * @enum {string}
                 */
                after: "FIRST" | "BUSY" | "NO_ANSWER" | "FAILED" | "MACHINE" | "UNKNOWN";
                /** @enum {string} */
                source: "ACCOUNT_HISTORY" | "GIVEN" | "DEFAULT";
                /** @description Calls it was counted from. */
                n: number;
                outcomes: {
                    [key: string]: number;
                };
            }[];
            durations: {
                /** @enum {string} */
                outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "UNKNOWN";
                /** @enum {string} */
                source: "ACCOUNT_HISTORY" | "GIVEN" | "DEFAULT";
                n: number;
                /** @description Median. */
                ringSeconds: number;
                /** @description Median. */
                talkSeconds: number;
            }[];
            /** @description The tightest of flow, account and trunks. */
            concurrency: number;
            callsPerSecond: number;
            /** @description Simulated runs. */
            runs: number;
            /** @description 1: every person was simulated. More: a sample, each standing for so many. */
            peoplePerSimulated: number;
            seed: number;
            /** @description Of the account, at this moment. They take lines and pace that the forecast counts on. */
            otherRequestsRunning: number;
        };
        NewForecast: {
            flowId?: number;
            flowName?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            startAt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            endAt?: string;
            phoneColumn?: string;
            /**
             * @description Lay first calls evenly over the permitted hours, so that agents and web pages are not flooded. Retries are not held back by it.
             * @example {
             *       "hours": 6
             *     }
             */
            spreadOver?: {
                /** @description So many hours of permitted time, from the first call on. */
                hours?: number;
                /** @description A moment, RFC 3339. Without an offset it is read in the account's zone. */
                until?: string;
            };
            /**
             * @description Parts of the policy to forecast with, instead of those of the flow or the request.
             * @example {
             *       "concurrency": 100
             *     }
             */
            policy?: {
                /**
                 * @description When a first ring may happen, by the clock of each person: windows of some weekdays, several a day if need be. Null: any hour. One object without days is the older way to write it, and keeps the days there are.
                 * @example [
                 *       {
                 *         "days": [
                 *           1,
                 *           2,
                 *           3,
                 *           4,
                 *           5
                 *         ],
                 *         "from": "09:00",
                 *         "to": "13:00"
                 *       },
                 *       {
                 *         "days": [
                 *           1,
                 *           2,
                 *           3,
                 *           4,
                 *           5
                 *         ],
                 *         "from": "14:00",
                 *         "to": "18:00"
                 *       }
                 *     ]
                 */
                callingHours?: {
                    /**
                     * @default [
                     *       1,
                     *       2,
                     *       3,
                     *       4,
                     *       5,
                     *       6,
                     *       7
                     *     ]
                     */
                    days: number[];
                    from: string;
                    to: string;
                }[] | {
                    from: string;
                    to: string;
                } | null;
                /**
                 * @deprecated
                 * @description ISO weekdays, 1 is Monday; the older way to say on which days the hours hold.
                 */
                callingDays?: number[];
                /** @description Names of holiday calendars: nobody is contacted on their dates. */
                holidayCalendars?: string[];
                /** @enum {string} */
                zonesBy?: "COUNTRY" | "AREA";
                retries?: {
                    BUSY?: {
                        times: number;
                        intervalMs: number;
                    };
                    NO_ANSWER?: {
                        times: number;
                        intervalMs: number;
                    };
                    FAILED?: {
                        times: number;
                        intervalMs: number;
                    };
                    MACHINE?: {
                        times: number;
                        intervalMs: number;
                    };
                };
                concurrency?: number;
                callsPerSecond?: number;
                /** @enum {string} */
                onLate?: "SKIP" | "SEND";
            };
            /**
             * @description How calls end: shares by outcome, for first calls (`FIRST`) and for calls after an outcome. Absent: the history of the account. Calls after an outcome that is not named end as first ones do.
             * @example {
             *       "FIRST": {
             *         "ANSWERED": 0.6,
             *         "NO_ANSWER": 0.4
             *       }
             *     }
             */
            probabilities?: {
                FIRST?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                BUSY?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                NO_ANSWER?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                FAILED?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                MACHINE?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                UNKNOWN?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
            };
            /**
             * @description How long calls ring and people talk, by outcome, ms.
             * @example {
             *       "ANSWERED": {
             *         "ringMs": 10000,
             *         "talkMs": 45000
             *       }
             *     }
             */
            durations?: {
                ANSWERED?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                BUSY?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                NO_ANSWER?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                DECLINED?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                INVALID?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                FAILED?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                MACHINE?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                UNKNOWN?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
            };
            /**
             * @description Instead of the account's own.
             * @example {
             *       "currency": "INR",
             *       "rates": [
             *         {
             *           "prefix": "91",
             *           "pulseSeconds": 60,
             *           "perPulse": "0.35"
             *         }
             *       ]
             *     }
             */
            tariff?: {
                currency: string;
                rates: {
                    prefix: string;
                    pulseSeconds: number;
                    perPulse: string;
                    /** @default 0 */
                    setUp: string;
                }[];
                /** @default 0 */
                perSms: string;
                /** @default 0 */
                perMail: string;
            };
            /** @description The same seed and facts give the same answer. Absent: 1. */
            seed?: number;
            /**
             * @description A request that has not ended: its remainder is forecast. Then without flow and records.
             * @example 1
             */
            requestId?: number;
            records?: components["schemas"]["NewRecord"][];
        };
        NewForecastUpload: {
            flowId?: number;
            flowName?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            startAt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            endAt?: string;
            phoneColumn?: string;
            /**
             * @description Lay first calls evenly over the permitted hours, so that agents and web pages are not flooded. Retries are not held back by it.
             * @example {
             *       "hours": 6
             *     }
             */
            spreadOver?: {
                /** @description So many hours of permitted time, from the first call on. */
                hours?: number;
                /** @description A moment, RFC 3339. Without an offset it is read in the account's zone. */
                until?: string;
            };
            /** @description As JSON text: see the call with records. */
            policy?: Record<string, never>;
            /** @description As JSON text. */
            probabilities?: Record<string, never>;
            /** @description As JSON text. */
            durations?: Record<string, never>;
            /** @description As JSON text. */
            tariff?: Record<string, never>;
            /** @description The same seed and facts give the same answer. Absent: 1. */
            seed?: number;
            /** @description One csv of at most 10 MB, or zip of csv of at most 25 MB. */
            files: string[];
        };
        BackTest: {
            requestId: number;
            /** @description What really happened. */
            was: {
                /**
                 * Format: date-time
                 * @example null
                 */
                startedAt: string | null;
                /**
                 * Format: date-time
                 * @example null
                 */
                endedAt: string | null;
                people: number;
                attempts: number;
                answered: number;
                outcomes: {
                    [key: string]: number;
                };
            };
            /** @description Attempts that were, and that the other policy would not have made at that moment. Pace and lines forbid nothing: they let attempts wait. */
            notAllowed: {
                /** @enum {string} */
                rule: "OUTSIDE_HOURS" | "OVER_RETRIES" | "TOO_SOON";
                count: number;
                /** @description The first hundred. */
                attempts: {
                    row: number;
                    attemptNo: number;
                }[];
            }[];
            /** @description The request again from its first moment, by the other policy; people do what they did. */
            wouldBe: {
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                now: string;
                /** @description Who are to be called. */
                people: number;
                /** @description Whose hours are open at this moment. */
                callableNow: number;
                /** @description People whom no hour allows, or no trunk can call. */
                never: {
                    /** @enum {string} */
                    reason: "NO_LINE" | "NO_OPEN_HOURS" | "OPENS_AFTER_END" | "PREFERENCES_NEVER_MEET";
                    /** @description Which rules, by which clocks. */
                    detail: string;
                    count: number;
                    /** @description The first hundred rows, by their number. */
                    rows: number[];
                }[];
                /** @description Null where nobody can be called. */
                finishAt: {
                    /**
                     * Format: date-time
                     * @example 2026-01-31T09:00:00.000Z
                     */
                    p5: string;
                    /**
                     * Format: date-time
                     * @example 2026-01-31T09:00:00.000Z
                     */
                    median: string;
                    /**
                     * Format: date-time
                     * @example 2026-01-31T09:00:00.000Z
                     */
                    p95: string;
                } | null;
                attempts: components["schemas"]["ForecastRange"];
                answered: components["schemas"]["ForecastRange"];
                peakCalls: components["schemas"]["ForecastRange"] & unknown;
                outcomes: {
                    /** @enum {string} */
                    outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED";
                    people: components["schemas"]["ForecastRange"];
                }[];
                /** @description Null without a tariff. */
                cost: {
                    currency: string;
                    p5: string;
                    median: string;
                    p95: string;
                    /** @description Whose numbers no rate fits. */
                    unpricedPeople: number;
                } | null;
                timeline: {
                    bucketSeconds: number;
                    buckets: {
                        /**
                         * Format: date-time
                         * @example 2026-01-31T09:00:00.000Z
                         */
                        at: string;
                        attempts: number;
                        completed: number;
                    }[];
                };
                assumptions: components["schemas"]["BackTestAssumptions"];
            };
            drawnAttempts: components["schemas"]["ForecastRange"] & unknown;
            /** @description People whom a rule of the last moment kept from being called; they are left out. */
            blocked: number;
        };
        BackTestAssumptions: {
            /**
             * @description Whose calls the history is of; null where there is none.
             * @enum {string|null}
             */
            history: "REQUEST" | "FLOW" | "ACCOUNT" | null;
            probabilities: {
                /**
                 * @description The outcome before; `FIRST`: none.
                 * @enum {string}
                 */
                after: "FIRST" | "BUSY" | "NO_ANSWER" | "FAILED" | "MACHINE" | "UNKNOWN";
                /** @enum {string} */
                source: "ACCOUNT_HISTORY" | "GIVEN" | "DEFAULT";
                /** @description Calls it was counted from. */
                n: number;
                outcomes: {
                    [key: string]: number;
                };
            }[];
            durations: {
                /** @enum {string} */
                outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "UNKNOWN";
                /** @enum {string} */
                source: "ACCOUNT_HISTORY" | "GIVEN" | "DEFAULT";
                n: number;
                /** @description Median. */
                ringSeconds: number;
                /** @description Median. */
                talkSeconds: number;
            }[];
            /** @description The tightest of flow, account and trunks. */
            concurrency: number;
            callsPerSecond: number;
            /** @description Simulated runs. */
            runs: number;
            /** @description 1: every person was simulated. More: a sample, each standing for so many. */
            peoplePerSimulated: number;
            seed: number;
        };
        NewBackTest: {
            /**
             * @description Parts of the policy to forecast with, instead of those of the flow or the request.
             * @example {
             *       "concurrency": 100
             *     }
             */
            policy?: {
                /**
                 * @description When a first ring may happen, by the clock of each person: windows of some weekdays, several a day if need be. Null: any hour. One object without days is the older way to write it, and keeps the days there are.
                 * @example [
                 *       {
                 *         "days": [
                 *           1,
                 *           2,
                 *           3,
                 *           4,
                 *           5
                 *         ],
                 *         "from": "09:00",
                 *         "to": "13:00"
                 *       },
                 *       {
                 *         "days": [
                 *           1,
                 *           2,
                 *           3,
                 *           4,
                 *           5
                 *         ],
                 *         "from": "14:00",
                 *         "to": "18:00"
                 *       }
                 *     ]
                 */
                callingHours?: {
                    /**
                     * @default [
                     *       1,
                     *       2,
                     *       3,
                     *       4,
                     *       5,
                     *       6,
                     *       7
                     *     ]
                     */
                    days: number[];
                    from: string;
                    to: string;
                }[] | {
                    from: string;
                    to: string;
                } | null;
                /**
                 * @deprecated
                 * @description ISO weekdays, 1 is Monday; the older way to say on which days the hours hold.
                 */
                callingDays?: number[];
                /** @description Names of holiday calendars: nobody is contacted on their dates. */
                holidayCalendars?: string[];
                /** @enum {string} */
                zonesBy?: "COUNTRY" | "AREA";
                retries?: {
                    BUSY?: {
                        times: number;
                        intervalMs: number;
                    };
                    NO_ANSWER?: {
                        times: number;
                        intervalMs: number;
                    };
                    FAILED?: {
                        times: number;
                        intervalMs: number;
                    };
                    MACHINE?: {
                        times: number;
                        intervalMs: number;
                    };
                };
                concurrency?: number;
                callsPerSecond?: number;
                /** @enum {string} */
                onLate?: "SKIP" | "SEND";
            };
            /**
             * @description How calls end: shares by outcome, for first calls (`FIRST`) and for calls after an outcome. Absent: the history of the account. Calls after an outcome that is not named end as first ones do.
             * @example {
             *       "FIRST": {
             *         "ANSWERED": 0.6,
             *         "NO_ANSWER": 0.4
             *       }
             *     }
             */
            probabilities?: {
                FIRST?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                BUSY?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                NO_ANSWER?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                FAILED?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                MACHINE?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
                UNKNOWN?: {
                    ANSWERED?: number;
                    BUSY?: number;
                    NO_ANSWER?: number;
                    DECLINED?: number;
                    INVALID?: number;
                    FAILED?: number;
                    MACHINE?: number;
                    UNKNOWN?: number;
                };
            };
            /**
             * @description How long calls ring and people talk, by outcome, ms.
             * @example {
             *       "ANSWERED": {
             *         "ringMs": 10000,
             *         "talkMs": 45000
             *       }
             *     }
             */
            durations?: {
                ANSWERED?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                BUSY?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                NO_ANSWER?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                DECLINED?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                INVALID?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                FAILED?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                MACHINE?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
                UNKNOWN?: {
                    ringMs: number;
                    /** @default 0 */
                    talkMs: number;
                };
            };
            /**
             * @description Instead of the account's own.
             * @example {
             *       "currency": "INR",
             *       "rates": [
             *         {
             *           "prefix": "91",
             *           "pulseSeconds": 60,
             *           "perPulse": "0.35"
             *         }
             *       ]
             *     }
             */
            tariff?: {
                currency: string;
                rates: {
                    prefix: string;
                    pulseSeconds: number;
                    perPulse: string;
                    /** @default 0 */
                    setUp: string;
                }[];
                /** @default 0 */
                perSms: string;
                /** @default 0 */
                perMail: string;
            };
            /** @description The same seed and facts give the same answer. Absent: 1. */
            seed?: number;
        };
        RecordPage: {
            items: components["schemas"]["Record"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        Record: {
            /** @description 1 for the first row of data. */
            row: number;
            /** @description E.164, where the row had a valid number. */
            number: string | null;
            /** @description The number as it stood in the list. */
            given: string;
            /** @enum {string} */
            result: "ACCEPTED" | "MALFORMED_ROW" | "MISSING_NUMBER" | "INVALID_NUMBER" | "DUPLICATE" | "BLACKLISTED" | "DO_NOT_CALL" | "MISSING_VARIABLE" | "TOO_LATE";
            /** @description For a rejected row: what is at fault. */
            detail: string | null;
            variables: {
                [key: string]: string;
            };
            /** @enum {string|null} */
            outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED" | null;
            attempts: number;
            /** @description The last attempt. */
            uuid: string | null;
            /**
             * Format: date-time
             * @example null
             */
            dueAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            endedAt: string | null;
        };
        AddedRecords: {
            loaded: number;
            added: number;
            rejected: {
                [key: string]: number;
            };
            records: {
                row: number;
                number: string | null;
                /** @enum {string} */
                result: "ACCEPTED" | "MALFORMED_ROW" | "MISSING_NUMBER" | "INVALID_NUMBER" | "DUPLICATE" | "BLACKLISTED" | "DO_NOT_CALL" | "MISSING_VARIABLE" | "TOO_LATE";
                detail: string | null;
            }[];
        };
        NewRecords: {
            records: components["schemas"]["NewRecord"][];
        };
        RequestChanges: {
            /**
             * Format: date-time
             * @description Only while nobody has been called. Null: at once.
             */
            startAt?: string | null;
            /**
             * Format: date-time
             * @description Null: no end.
             */
            endAt?: string | null;
            /**
             * @description When a first ring may happen, by the clock of each person: windows of some weekdays, several a day if need be. Null: any hour. One object without days is the older way to write it, and keeps the days there are.
             * @example [
             *       {
             *         "days": [
             *           1,
             *           2,
             *           3,
             *           4,
             *           5
             *         ],
             *         "from": "09:00",
             *         "to": "13:00"
             *       },
             *       {
             *         "days": [
             *           1,
             *           2,
             *           3,
             *           4,
             *           5
             *         ],
             *         "from": "14:00",
             *         "to": "18:00"
             *       }
             *     ]
             */
            callingHours?: {
                /**
                 * @default [
                 *       1,
                 *       2,
                 *       3,
                 *       4,
                 *       5,
                 *       6,
                 *       7
                 *     ]
                 */
                days: number[];
                from: string;
                to: string;
            }[] | {
                from: string;
                to: string;
            } | null;
            /**
             * @deprecated
             * @description ISO weekdays, 1 is Monday; the older way to say on which days the hours hold.
             */
            callingDays?: number[];
            /** @description Names of holiday calendars: nobody is contacted on their dates. */
            holidayCalendars?: string[];
            /** @enum {string} */
            zonesBy?: "COUNTRY" | "AREA";
            retries?: {
                BUSY?: {
                    times: number;
                    intervalMs: number;
                };
                NO_ANSWER?: {
                    times: number;
                    intervalMs: number;
                };
                FAILED?: {
                    times: number;
                    intervalMs: number;
                };
                MACHINE?: {
                    times: number;
                    intervalMs: number;
                };
            };
            concurrency?: number;
            callsPerSecond?: number;
            /** @enum {string} */
            onLate?: "SKIP" | "SEND";
            /**
             * @description Lays those not called yet over the hours anew; null lets them be called at once.
             * @example {
             *       "hours": 6
             *     }
             */
            spreadOver?: {
                /** @description So many hours of permitted time, from the first call on. */
                hours?: number;
                /** @description A moment, RFC 3339. Without an offset it is read in the account's zone. */
                until?: string;
            } | null;
        };
        PolicyVersionPage: {
            items: components["schemas"]["PolicyVersion"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        PolicyVersion: {
            version: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /** @description `key:<id>`, `user:<id>` or `system`. */
            createdBy: string;
            /** @description Against the version before. Empty for the first. */
            changes: {
                field: string;
                from?: unknown;
                to?: unknown;
            }[];
            policy: components["schemas"]["RequestPolicy"];
        };
        RequestDetails: {
            requestId: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            at: string;
            /** @description Of the hours: the account’s. */
            timeZone: string;
            /** @description Why it does not go on now, the strongest reason first. Empty: it goes on, or has ended. */
            waiting: {
                /** @enum {string} */
                reason: "READING_LIST" | "PAUSED" | "CANCELLING" | "START_TIME" | "HOURS_CLOSED" | "NO_LINE" | "NEXT_ATTEMPTS" | "MORE_RECORDS";
                /**
                 * Format: date-time
                 * @example null
                 */
                since: string | null;
                /**
                 * Format: date-time
                 * @example null
                 */
                until: string | null;
            }[];
            pace: {
                /** @description Attempts begun a second, over the last ten. */
                perSecond: number;
                /** @description Attempts begun in the last minute. */
                lastMinute: number;
            };
            inProgress: number;
            /** @description Accepted people who have not ended. */
            remaining: number;
            /** @description If it goes on as in the last minute. Null where that says nothing: see the forecast. */
            remainingMs: number | null;
            /** @description Attempts that have ended, by the number each was for its person. */
            byAttempt: {
                attemptNo: number;
                ended: number;
                outcomes: {
                    [key: string]: number;
                };
            }[];
            /** @description The same by the hour in which they ended; hours without any are left out, and all before the newest 672. */
            byHour: {
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                at: string;
                ended: number;
                outcomes: {
                    [key: string]: number;
                };
            }[];
            /** @description What happened to it as a whole, newest first: at most 200. */
            events: {
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                at: string;
                type: string;
                data: {
                    [key: string]: unknown;
                };
            }[];
        };
        Proof: {
            requestId: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            at: string;
            /** @description All claims hold. */
            holds: boolean;
            claims: components["schemas"]["Claim"][];
        };
        Claim: {
            /** @enum {string} */
            name: "NUMBERED" | "ONE_AT_A_TIME" | "ACCEPTED_ONLY" | "ONCE_A_NUMBER" | "BOOKS" | "POLICY_NAMED" | "RETRIES" | "SCHEDULE" | "PAUSES" | "BLACKLIST" | "SCRUBBED" | "TRIALS" | "FREQUENCY" | "ZONE_NOTED" | "FLOW_HOURS" | "PROMOTIONAL_HOURS" | "HOLIDAYS";
            /** @description What is claimed, in words. */
            claim: string;
            holds: boolean;
            /** @description Attempts, rows or pairs of them that were looked at. */
            checked: number;
            violated: number;
            /** @description The first ten that were violated. */
            samples: components["schemas"]["Violation"][];
        };
        Violation: {
            attemptId: string | null;
            row: number | null;
            /** @description What was found, for a person. */
            detail: string;
        };
        RetryPreview: {
            /** @description People by the outcome that left them unreached. */
            failures: {
                [key: string]: number;
            };
            /** @description People who may have been reached: `includeUnknown` takes them. */
            unknown: number;
            /** @description Requests that call some of them again already, newest first. */
            retries: {
                requestId: number;
                outcomes: ("ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED")[] | null;
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                createdAt: string;
            }[];
        };
        RetryMade: {
            requests: components["schemas"]["RequestSummary"][];
            /** @description People of the ended request that the new one has, by outcome. */
            taken: {
                [key: string]: number;
            };
            /** @description People who may have been reached and were left alone. */
            unknownLeftOut: number;
        };
        RetryOptions: {
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            startAt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            endAt?: string;
            /** @description Who gets the status mail: whitelisted addresses of the account. */
            statusEmails?: string[];
            /**
             * @description Lay first calls evenly over the permitted hours, so that agents and web pages are not flooded. Retries are not held back by it.
             * @example {
             *       "hours": 6
             *     }
             */
            spreadOver?: {
                /** @description So many hours of permitted time, from the first call on. */
                hours?: number;
                /** @description A moment, RFC 3339. Without an offset it is read in the account's zone. */
                until?: string;
            };
            /** @description Only people who ended so. Absent: every outcome that reached nobody. */
            outcomes?: ("BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNDELIVERED" | "REJECTED" | "BOUNCED")[];
            /** @description Also those whose call ended nobody knows how: they may have been reached. The reply says how many there are. */
            includeUnknown?: boolean;
            /** @description Although an earlier retry of the request calls these people already. */
            again?: boolean;
        };
        CloneMade: {
            requests: components["schemas"]["RequestSummary"][];
            /** @description Rows that could not be read the first time, and are not taken. */
            malformedLeftOut: number;
        };
        CloneOptions: {
            flowId?: number;
            flowName?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            startAt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            endAt?: string;
            /** @description Who gets the status mail: whitelisted addresses of the account. */
            statusEmails?: string[];
            /** @description Take more records until closed. */
            open?: boolean;
            /**
             * @description Lay first calls evenly over the permitted hours, so that agents and web pages are not flooded. Retries are not held back by it.
             * @example {
             *       "hours": 6
             *     }
             */
            spreadOver?: {
                /** @description So many hours of permitted time, from the first call on. */
                hours?: number;
                /** @description A moment, RFC 3339. Without an offset it is read in the account's zone. */
                until?: string;
            };
            /** @description Parts of the policy to change. */
            policy?: {
                /**
                 * @description When a first ring may happen, by the clock of each person: windows of some weekdays, several a day if need be. Null: any hour. One object without days is the older way to write it, and keeps the days there are.
                 * @example [
                 *       {
                 *         "days": [
                 *           1,
                 *           2,
                 *           3,
                 *           4,
                 *           5
                 *         ],
                 *         "from": "09:00",
                 *         "to": "13:00"
                 *       },
                 *       {
                 *         "days": [
                 *           1,
                 *           2,
                 *           3,
                 *           4,
                 *           5
                 *         ],
                 *         "from": "14:00",
                 *         "to": "18:00"
                 *       }
                 *     ]
                 */
                callingHours?: {
                    /**
                     * @default [
                     *       1,
                     *       2,
                     *       3,
                     *       4,
                     *       5,
                     *       6,
                     *       7
                     *     ]
                     */
                    days: number[];
                    from: string;
                    to: string;
                }[] | {
                    from: string;
                    to: string;
                } | null;
                /**
                 * @deprecated
                 * @description ISO weekdays, 1 is Monday; the older way to say on which days the hours hold.
                 */
                callingDays?: number[];
                /** @description Names of holiday calendars: nobody is contacted on their dates. */
                holidayCalendars?: string[];
                /** @enum {string} */
                zonesBy?: "COUNTRY" | "AREA";
                retries?: {
                    BUSY?: {
                        times: number;
                        intervalMs: number;
                    };
                    NO_ANSWER?: {
                        times: number;
                        intervalMs: number;
                    };
                    FAILED?: {
                        times: number;
                        intervalMs: number;
                    };
                    MACHINE?: {
                        times: number;
                        intervalMs: number;
                    };
                };
                concurrency?: number;
                callsPerSecond?: number;
                /** @enum {string} */
                onLate?: "SKIP" | "SEND";
            };
            /** @description Rows with one of these results; accepted rows that ended so. Absent: all rows. */
            only?: {
                results?: ("ACCEPTED" | "MISSING_NUMBER" | "INVALID_NUMBER" | "DUPLICATE" | "BLACKLISTED" | "DO_NOT_CALL" | "MISSING_VARIABLE" | "TOO_LATE")[];
                outcomes?: ("ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED")[];
            };
        };
        SplitSummary: {
            id: number;
            name: string | null;
            /** @description With the number it decides the arm. The same salt and weights decide the same. */
            salt: string;
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            arms: {
                name: string;
                weight: number;
                request: components["schemas"]["RequestSummary"];
            }[];
        };
        NewSplit: {
            name?: string;
            /** @description With the number it decides the arm. Absent: made of the flows and weights, so that the same split of another list keeps everybody in their arm. */
            salt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            startAt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            endAt?: string;
            /** @description Who gets the status mail: whitelisted addresses of the account. */
            statusEmails?: string[];
            phoneColumn?: string;
            /**
             * @description Lay first calls evenly over the permitted hours, so that agents and web pages are not flooded. Retries are not held back by it.
             * @example {
             *       "hours": 6
             *     }
             */
            spreadOver?: {
                /** @description So many hours of permitted time, from the first call on. */
                hours?: number;
                /** @description A moment, RFC 3339. Without an offset it is read in the account's zone. */
                until?: string;
            };
            arms: {
                flowId?: number;
                flowName?: string;
                /** @description Absent: A, B, C, ... */
                name?: string;
                /** @default 1 */
                weight: number;
            }[];
            records: components["schemas"]["NewRecord"][];
        };
        NewSplitUpload: {
            name?: string;
            /** @description With the number it decides the arm. Absent: made of the flows and weights, so that the same split of another list keeps everybody in their arm. */
            salt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            startAt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            endAt?: string;
            /** @description Comma separated, or the field repeated. */
            statusEmails?: string;
            phoneColumn?: string;
            /**
             * @description Lay first calls evenly over the permitted hours, so that agents and web pages are not flooded. Retries are not held back by it.
             * @example {
             *       "hours": 6
             *     }
             */
            spreadOver?: {
                /** @description So many hours of permitted time, from the first call on. */
                hours?: number;
                /** @description A moment, RFC 3339. Without an offset it is read in the account's zone. */
                until?: string;
            };
            /**
             * @description As JSON.
             * @example [{"flowName":"a"},{"flowName":"b"}]
             */
            arms: string;
            /** @description One csv, or zip of csv. */
            files: string[];
        };
        SplitPage: {
            items: components["schemas"]["SplitSummary"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        Split: {
            id: number;
            name: string | null;
            /** @description With the number it decides the arm. The same salt and weights decide the same. */
            salt: string;
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /** @description Every arm has ended. */
            final: boolean;
            variable: string | null;
            value: string | null;
            arms: components["schemas"]["SplitArm"][];
            /** @description Each arm with the first one. */
            comparisons: components["schemas"]["SplitComparison"][];
            cautions: {
                /** @enum {string} */
                code: "STILL_RUNNING" | "FEW_PEOPLE" | "UNEVEN_END";
                message: string;
            }[];
        };
        SplitArm: {
            name: string;
            weight: number;
            request: components["schemas"]["RequestSummary"];
            /** @description Picked up, by a person or a machine. */
            reached: {
                count: number;
                /** @description People whose part in the campaign has ended. */
                of: number;
                share: number | null;
                /** @description Wilson's 95% interval of the share. */
                low: number;
                high: number;
            };
            /** @description Picked up by a person. */
            answered: {
                count: number;
                /** @description People whose part in the campaign has ended. */
                of: number;
                share: number | null;
                /** @description Wilson's 95% interval of the share. */
                low: number;
                high: number;
            };
            /** @description Have the value asked about. Null where none was. */
            converted: {
                count: number;
                /** @description People whose part in the campaign has ended. */
                of: number;
                share: number | null;
                /** @description Wilson's 95% interval of the share. */
                low: number;
                high: number;
            } | null;
            /** @description People by the value of the variable asked about: the 50 commonest. */
            values: {
                [key: string]: number;
            } | null;
        };
        SplitComparison: {
            arm: string;
            against: string;
            /** @enum {string} */
            measure: "reached" | "answered" | "converted";
            /** @description Of the shares: the arm's less the first arm's. */
            difference: number | null;
            /** @description Newcombe's interval: 95% over all comparisons of the measure together. */
            low: number | null;
            high: number | null;
            /** @enum {string} */
            verdict: "HIGHER" | "LOWER" | "NO_DIFFERENCE_SHOWN" | "TOO_FEW";
        };
        TestCall: {
            requestId: number;
            /** @description `GET /calls/{uuid}` follows it, widget by widget. */
            uuid: string;
            /** @description Negative: the draft as it is now. */
            flowVersion: number;
            /** @description What would be otherwise in a campaign, as sentences. */
            notices: string[];
        };
        NewTestCall: {
            /** @example +919876543210 */
            number?: string;
            variables?: {
                [key: string]: string;
            };
            /** @description A published version, or `draft`. Absent: the version now published, else the draft. */
            version?: "draft" | number;
        };
        MadeCall: {
            requestId: number;
            /** @description Of the first attempt. */
            uuid: string;
            /** @enum {string} */
            status: "RECEIVED" | "SCHEDULED" | "IN_PROCESS" | "PAUSED" | "COMPLETED" | "CANCELLED" | "EXPIRED" | "REJECTED";
        };
        NewCall: {
            flowId?: number;
            flowName?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            startAt?: string;
            /**
             * @description RFC 3339. A date and time without an offset is read in the account's zone.
             * @example 2026-01-31T09:00:00+05:30
             */
            endAt?: string;
            /** @example +919876543210 */
            number?: string;
            variables?: {
                [key: string]: string;
            };
            /** @description The person's IANA time zone, such as Asia/Kolkata: their hours follow its clock. Absent: by the number. */
            timezone?: string;
        };
        Call: {
            uuid: string;
            /**
             * @description `in`: the person called us.
             * @enum {string}
             */
            direction: "out" | "in";
            /** @description Null, as are `row` and `policyVersion`, for calls to us and what is sent from inside them. */
            requestId: number | null;
            row: number | null;
            attemptNo: number;
            /** @description 0 is the attempt itself, n the nth message sent from inside it. */
            step: number;
            /** @enum {string} */
            medium: "voice" | "sms" | "email";
            flowId: number;
            flowName: string;
            /** @enum {string} */
            flowType: "outbound" | "dialer" | "inbound" | "notification";
            /** @description Negative: a draft, as it was tried by a test call. */
            flowVersion: number;
            policyVersion: number | null;
            /** @description The person’s. Of a call to us: the caller’s, null when withheld. */
            number: string | null;
            email: string | null;
            /** @description Caller id, or sender of a message. Of a call to us: the number of ours that was dialled. */
            sender: string | null;
            provider: string | null;
            providerRef: string | null;
            /** @enum {string} */
            state: "SCHEDULED" | "IN_PROGRESS" | "ENDED";
            /** @enum {string|null} */
            outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED" | null;
            /** @description The network's or provider's own reason. */
            cause: string | null;
            /** @description Keys pressed, in order. */
            keys: string | null;
            /**
             * Format: date-time
             * @example null
             */
            beganAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            answeredAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            endedAt: string | null;
            /** @description A test call to a whitelisted number. No statistics reckon with it. */
            test: boolean;
            /** @description All attempts of this person in the request so far, first to last. */
            attempts: {
                uuid: string;
                attemptNo: number;
                /** @enum {string|null} */
                outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED" | null;
            }[];
            /** @description Messages and second calls that were begun from inside them. */
            steps: {
                uuid: string;
                attemptNo: number;
                /** @enum {string} */
                medium: "voice" | "sms" | "email";
                /** @enum {string|null} */
                outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED" | null;
            }[];
            /**
             * Format: date-time
             * @description When the person may next be tried; null when that is open, or never.
             * @example null
             */
            nextAttemptAt: string | null;
            journey: components["schemas"]["JourneyEntry"][];
            recordings: components["schemas"]["Recording"][];
            /** @description What happened, attempt by attempt and widget by widget, as sentences for people. */
            timeline: {
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                at: string;
                uuid: string;
                attemptNo: number;
                text: string;
            }[];
        };
        JourneyEntry: {
            at: string;
            widget: string;
            widgetType: string;
            event: string;
            data?: {
                [key: string]: string | number | boolean;
            };
        };
        Recording: {
            name: string;
            /**
             * @description `CALL` is both sides of the whole call; the others are the person alone, by a widget.
             * @enum {string}
             */
            kind: "CALL" | "RECORD" | "PLAY_AND_RECORD";
            /** @description The widget that recorded; null for `CALL`. */
            widget: string | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            startedAt: string;
            /** @description Null until it is known. */
            durationMs: number | null;
            bytes: number | null;
            /**
             * @description `RECORDING`: not in storage yet. `STORED`: can be fetched. `EMPTY`: nothing was heard. `LOST`: the telephone server had none; `cause` says more.
             * @enum {string}
             */
            status: "RECORDING" | "STORED" | "EMPTY" | "LOST";
            cause: string | null;
            /** @description Where the audio is; null unless it is `STORED`. */
            href: string | null;
        };
        AttemptPage: {
            items: components["schemas"]["Attempt"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        Attempt: {
            uuid: string;
            /**
             * @description `in`: the person called us.
             * @enum {string}
             */
            direction: "out" | "in";
            /** @description Null, as are `row` and `policyVersion`, for calls to us and what is sent from inside them. */
            requestId: number | null;
            row: number | null;
            attemptNo: number;
            /** @description 0 is the attempt itself, n the nth message sent from inside it. */
            step: number;
            /** @enum {string} */
            medium: "voice" | "sms" | "email";
            flowId: number;
            flowName: string;
            /** @enum {string} */
            flowType: "outbound" | "dialer" | "inbound" | "notification";
            /** @description Negative: a draft, as it was tried by a test call. */
            flowVersion: number;
            policyVersion: number | null;
            /** @description The person’s. Of a call to us: the caller’s, null when withheld. */
            number: string | null;
            email: string | null;
            /** @description Caller id, or sender of a message. Of a call to us: the number of ours that was dialled. */
            sender: string | null;
            provider: string | null;
            providerRef: string | null;
            /** @enum {string} */
            state: "SCHEDULED" | "IN_PROGRESS" | "ENDED";
            /** @enum {string|null} */
            outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED" | null;
            /** @description The network's or provider's own reason. */
            cause: string | null;
            /** @description Keys pressed, in order. */
            keys: string | null;
            /**
             * Format: date-time
             * @example null
             */
            beganAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            answeredAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            endedAt: string | null;
            /** @description A test call to a whitelisted number. No statistics reckon with it. */
            test: boolean;
        };
        Receipt: {
            receipt: {
                schema: string;
                accountId: number;
                attempt: {
                    id: string;
                    /** @enum {string} */
                    direction: "out" | "in";
                    /** @enum {string} */
                    medium: "voice" | "sms" | "email";
                    attemptNo: number;
                    step: number;
                    number: string | null;
                    email: string | null;
                    provider: string;
                    providerRef: string | null;
                };
                request: {
                    id: number;
                    row: number | null;
                    policyVersion: number | null;
                } | null;
                flow: {
                    id: number;
                    version: number;
                };
                moments: {
                    decidedAt: string | null;
                    answeredAt: string | null;
                    endedAt: string | null;
                };
                outcome: string;
                cause: string | null;
                /** @description `promotional`, `transactional`, `not recorded`, or that the person called us. */
                class: string;
                region: string | "not recorded" | null;
                register: {
                    [key: string]: unknown;
                } | "not recorded";
                blacklist: {
                    checkedAt: string | null;
                    listed: boolean;
                } | "not recorded";
                whitelisted: boolean | "not recorded";
                /** @description Zones, how they were known, and each rule of the day: the flow’s hours, promotional hours, holidays. */
                hours: {
                    [key: string]: unknown;
                } | "not recorded" | null;
                frequency: {
                    [key: string]: unknown;
                } | "not recorded";
                dlt: {
                    entityId: string;
                    templateId: string;
                };
                callerId: {
                    shown: string;
                    series: {
                        [key: string]: unknown;
                    } | "not recorded" | null;
                };
                consent: {
                    given: string;
                    at: string | null;
                    source: string | null;
                } | "not recorded";
                priorAttempts: {
                    id: string;
                    decidedAt: string | null;
                    outcome: string;
                }[];
            };
            digest: string;
            signature: {
                /** @enum {string} */
                algorithm: "Ed25519";
                keyId: string;
                value: string;
            };
        };
        ReceiptKey: {
            /** @enum {string} */
            algorithm: "Ed25519";
            keyId: string;
            publicKey: string;
        };
        Explanation: {
            number: string | null;
            email: string | null;
            /** @enum {string} */
            medium: "voice" | "sms" | "email";
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            at: string;
            flow: {
                id: number;
                name: string;
                version: number | null;
            };
            request: {
                id: number;
                row: number;
                policyVersion: number;
            } | null;
            /** @enum {string} */
            answer: "MAY" | "BLOCK" | "LATER";
            /** @enum {string|null} */
            decidedBy: "LEDGER" | "RECORD" | "REQUEST" | "DUE" | "HOURS" | "BLACKLIST" | "TRIAL" | "REGISTER" | "FREQUENCY" | "ROOM" | null;
            why: string;
            rules: {
                /** @enum {string} */
                rule: "LEDGER" | "RECORD" | "REQUEST" | "DUE" | "HOURS" | "BLACKLIST" | "TRIAL" | "REGISTER" | "FREQUENCY" | "ROOM";
                /** @enum {string} */
                answer: "PASS" | "BLOCK" | "LATER" | "NOT_APPLICABLE";
                /** @description The first rule that does not pass. */
                decides: boolean;
                /**
                 * @description `THEN`: the facts are of the moment asked about. `NOW`: the books do not reach back, and they are of the present.
                 * @enum {string}
                 */
                known: "THEN" | "NOW";
                why: string;
                facts: {
                    [key: string]: unknown;
                };
            }[];
            /**
             * Format: date-time
             * @description The first moment from `at` on at which the rules allow it; null: never as things are.
             * @example null
             */
            nextContactAt: string | null;
            /**
             * @description The rule that no time changes.
             * @enum {string|null}
             */
            neverBy: "LEDGER" | "RECORD" | "REQUEST" | "DUE" | "HOURS" | "BLACKLIST" | "TRIAL" | "REGISTER" | "FREQUENCY" | "ROOM" | null;
            /** @description What really happened within a day of the moment; each has a receipt. */
            attempts: {
                uuid: string;
                /** @enum {string} */
                medium: "voice" | "sms" | "email";
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                at: string;
                /** @enum {string|null} */
                outcome: "ANSWERED" | "BUSY" | "NO_ANSWER" | "DECLINED" | "INVALID" | "FAILED" | "MACHINE" | "ABANDONED" | "BLOCKED" | "CANCELLED" | "EXPIRED" | "UNKNOWN" | "SENT" | "DELIVERED" | "UNDELIVERED" | "REJECTED" | "BOUNCED" | "COMPLAINED" | null;
                cause: string | null;
                requestId: number | null;
                flowId: number;
            }[];
        };
        SearchResults: {
            q: string;
            groups: {
                /** @enum {string} */
                type: "call" | "person" | "request" | "flow" | "did";
                items: components["schemas"]["SearchResult"][];
            }[];
        };
        SearchResult: {
            /** @enum {string} */
            type: "call" | "person" | "request" | "flow" | "did";
            title: string;
            /** @description One line more, for a person. */
            detail: string;
            /**
             * Format: date-time
             * @description When it was made or last happened.
             * @example null
             */
            at: string | null;
            requestId: number | null;
            flowId: number | null;
            uuid: string | null;
            didId: number | null;
            /** @description To filter reports by. */
            number: string | null;
            email: string | null;
        };
        RecordingList: {
            items: components["schemas"]["Recording"][];
        };
        FlowPage: {
            items: components["schemas"]["FlowSummary"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        FlowSummary: {
            id: number;
            name: string;
            /** @enum {string} */
            type: "outbound" | "dialer" | "inbound" | "notification";
            transactional: boolean;
            publishedVersion: number | null;
            /** @description Of a transactional flow: the version operations approved. */
            approvedVersion: number | null;
            /** @description Counts changes of the draft. Give it back with a change to lose no other. */
            revision: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            updatedAt: string;
            /** @description Why it cannot call a list now, as a sentence; null when it can. */
            notRunnable: string | null;
        };
        Flow: {
            id: number;
            name: string;
            /** @enum {string} */
            type: "outbound" | "dialer" | "inbound" | "notification";
            transactional: boolean;
            publishedVersion: number | null;
            /** @description Of a transactional flow: the version operations approved. */
            approvedVersion: number | null;
            /** @description Counts changes of the draft. Give it back with a change to lose no other. */
            revision: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            updatedAt: string;
            /** @description The JSON language of flows. A draft may be unfinished; publishing checks it. */
            definition: {
                [key: string]: unknown;
            };
        };
        FlowContext: {
            /** @description Names of `$user.key.*`, never their values. */
            userKeys: string[];
            /** @description Approved prompts. */
            promptNames: string[];
            plainHttpWebhooks: boolean;
        };
        FlowCheck: {
            /** @description Whether it can be published: no problem is an error. */
            ok: boolean;
            problems: {
                /** @enum {string} */
                severity: "error" | "warning";
                code: string;
                widget?: string;
                field?: string;
                message: string;
            }[];
        };
        FlowToCheck: {
            definition?: unknown;
        };
        NewFlow: {
            name: string;
            /** @enum {string} */
            type: "outbound" | "dialer" | "inbound" | "notification";
            /** @description The JSON language of flows. A draft may be unfinished; publishing checks it. */
            definition: {
                [key: string]: unknown;
            };
            transactional?: boolean;
        };
        FlowChanges: {
            name?: string;
            /** @description The JSON language of flows. A draft may be unfinished; publishing checks it. */
            definition?: {
                [key: string]: unknown;
            };
            transactional?: boolean;
            /** @description The `revision` you saw last: when somebody changed the draft since, you get FLOW_CHANGED. */
            revision?: number;
        };
        FlowVersionPage: {
            items: components["schemas"]["FlowVersionSummary"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        FlowVersionSummary: {
            flowId: number;
            version: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            publishedAt: string;
            publishedBy: string;
            /** @description Requests that go by it and have not ended. */
            liveRequests: number;
        };
        FlowVersion: {
            flowId: number;
            version: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            publishedAt: string;
            publishedBy: string;
            /** @description The JSON language of flows. A draft may be unfinished; publishing checks it. */
            definition: {
                [key: string]: unknown;
            };
        };
        FlowApproval: {
            version: number;
        };
        Prompt: {
            id: number;
            accountId: number;
            name: string;
            tags: string[];
            /** @enum {string} */
            status: "PENDING" | "APPROVED" | "REJECTED";
            /** @description Of a rejected prompt: why. */
            reason: string | null;
            /** @enum {string} */
            format: "mp3" | "wav";
            bytes: number;
            /** @description Of the file as given. */
            sha256: string;
            durationMs: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example null
             */
            decidedAt: string | null;
        };
        PromptUpload: {
            /**
             * Format: binary
             * @description mp3 or WAV, at most 10 MB and ten minutes.
             */
            file: string;
            /** @description Unique in the account. Flows play it by this name. */
            name: string;
            /** @description Comma separated. */
            tags?: string;
        };
        PromptPage: {
            items: components["schemas"]["Prompt"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        PromptChanges: {
            name?: string;
            tags?: string[];
        };
        PromptRejection: {
            reason: string;
        };
        BlacklistAdded: {
            added: number;
            /** @description Were there already. */
            updated: number;
        };
        NewBlacklistPhones: {
            number?: string;
            numbers?: string[];
            reason?: string;
            /**
             * Format: date-time
             * @description From then on the entry no longer counts.
             */
            expiresAt?: string;
        };
        BlacklistPhonePage: {
            items: components["schemas"]["BlacklistPhone"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        BlacklistPhone: {
            number: string;
            reason: string | null;
            /**
             * Format: date-time
             * @example null
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
        };
        BlacklistRemoved: {
            removed: number;
        };
        BlacklistRemovalOfPhones: {
            numbers?: string[];
            /** @enum {boolean} */
            expired?: true;
        };
        NewBlacklistEmails: {
            /** Format: email */
            email?: string;
            emails?: string[];
            reason?: string;
            /**
             * Format: date-time
             * @description From then on the entry no longer counts.
             */
            expiresAt?: string;
        };
        BlacklistEmailPage: {
            items: components["schemas"]["BlacklistEmail"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        BlacklistEmail: {
            email: string;
            reason: string | null;
            /**
             * Format: date-time
             * @example null
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
        };
        BlacklistRemovalOfEmails: {
            emails?: string[];
            /** @enum {boolean} */
            expired?: true;
        };
        BlacklistImport: {
            added: number;
            /** @description Were there already, from before or from an earlier row. */
            updated: number;
            /** @description Rows that said nothing usable; the others were taken. */
            rejected: number;
            /** @description The first twenty of them. Rows count from 1, without the header. */
            firstRejected: {
                row: number;
                message: string;
            }[];
        };
        BlacklistPhoneUpload: {
            /** @description Of rows without a `reason` of their own. */
            reason?: string;
            /**
             * Format: date-time
             * @description Of rows without an `expiresAt` of their own.
             */
            expiresAt?: string;
            /**
             * Format: binary
             * @description csv with a column `number` and, where wanted, `reason` and `expiresAt`. At most a million rows.
             */
            file: string;
        };
        BlacklistEmailUpload: {
            /** @description Of rows without a `reason` of their own. */
            reason?: string;
            /**
             * Format: date-time
             * @description Of rows without an `expiresAt` of their own.
             */
            expiresAt?: string;
            /**
             * Format: binary
             * @description csv with a column `email` and, where wanted, `reason` and `expiresAt`. At most a million rows.
             */
            file: string;
        };
        WhitelistEmail: {
            id: number;
            email: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
        };
        NewWhitelistEmail: {
            /** Format: email */
            email: string;
        };
        WhitelistEmailPage: {
            items: components["schemas"]["WhitelistEmail"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        WhitelistPhone: {
            id: number;
            number: string;
            /**
             * Format: date-time
             * @description Until then the number is exempt from nothing.
             * @example null
             */
            verifiedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /** @description The newest code. Earlier ones are worth nothing. */
            code: {
                /** @enum {string} */
                by: "sms" | "call";
                /**
                 * @description `UNKNOWN`: it may have arrived; enter it if it did.
                 * @enum {string}
                 */
                state: "WAITING" | "SENDING" | "SENT" | "FAILED" | "BLOCKED" | "EXPIRED" | "UNKNOWN";
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                askedAt: string;
                /**
                 * Format: date-time
                 * @example null
                 */
                expiresAt: string | null;
                triesLeft: number;
                cause: string | null;
            } | null;
        };
        NewWhitelistPhone: {
            /** @example +919876543210 */
            number: string;
            /** @enum {string} */
            by: "sms" | "call";
        };
        WhitelistCode: {
            /** @example 471190 */
            code: string;
        };
        WhitelistPhonePage: {
            items: components["schemas"]["WhitelistPhone"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        WhitelistAddress: {
            id: number;
            /** @example 203.0.113.0/24 */
            address: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
        };
        NewWhitelistAddress: {
            /** @example 203.0.113.0/24 */
            address: string;
            /** @description Needed when calls from where you are now would be refused afterwards. */
            confirm?: boolean;
        };
        WhitelistAddressPage: {
            items: components["schemas"]["WhitelistAddress"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        WhitelistDomain: {
            id: number;
            /** @example crm.example.com */
            domain: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
        };
        NewWhitelistDomain: {
            /** @example crm.example.com */
            domain: string;
            /** @description Needed when calls from where you are now would be refused afterwards. */
            confirm?: boolean;
        };
        WhitelistDomainPage: {
            items: components["schemas"]["WhitelistDomain"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        EmailUploadAddress: {
            /** @description Whether this Clarion takes mail at all. */
            enabled: boolean;
            /**
             * @description Where whitelisted senders mail lists to; null: none yet.
             * @example lists+k3v9q2m7x4t8w6ya@lists.example.com
             */
            address: string | null;
            /**
             * Format: date-time
             * @example null
             */
            createdAt: string | null;
        };
        IncomingMailPage: {
            items: components["schemas"]["IncomingMail"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        IncomingMail: {
            id: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            receivedAt: string;
            /**
             * Format: date-time
             * @example null
             */
            judgedAt: string | null;
            /** @enum {string} */
            by: "smtp" | "ses";
            /** @description Address in the header From, as it claims; proven where the verdict is `ACCEPTED`. */
            sender: string | null;
            /** @description MAIL FROM of the delivery. */
            envelopeFrom: string | null;
            subject: string | null;
            bytes: number | null;
            /** @enum {string} */
            verdict: "WAITING" | "ACCEPTED" | "REFUSED";
            /** @enum {string|null} */
            reason: "TOO_LARGE" | "MALFORMED" | "AUTOMATIC" | "SPF_DKIM_FAILED" | "BLACKLISTED" | "NOT_WHITELISTED" | "DUPLICATE" | "NO_FLOW" | "BAD_SUBJECT" | "FLOW_NOT_RUNNABLE" | "NO_ATTACHMENT" | "TOO_MANY_FILES" | null;
            detail: string | null;
            /** @description `aligned`: the domain is that of From. `why`: a reason not to count a signature. */
            authentication: {
                spf: {
                    result: string;
                    domain: string | null;
                    aligned: boolean;
                };
                dkim: {
                    domain: string;
                    result: string;
                    aligned: boolean;
                    why?: string;
                }[];
                dmarc: {
                    result: string;
                    policy: string | null;
                };
            } | null;
            files: {
                name: string;
                bytes: number;
                requestId: number | null;
                /** @description Why it was no list. */
                ignored: string | null;
            }[];
            requestIds: number[];
            /** @description Whether the mail itself is still stored. */
            kept: boolean;
        };
        RegisterImport: {
            versionId: number;
            fileName: string;
            /**
             * @description A full load replaces the register, an update changes it.
             * @enum {string}
             */
            mode: "FULL" | "UPDATE";
            /** @enum {string} */
            status: "QUEUED" | "LOADING" | "DONE" | "FAILED";
            /** @description In force. */
            current: boolean;
            /** @description Distinct numbers in the file. */
            numbers: number;
            /** @description Rows that held no valid number, or no known operation. */
            rejected: number;
            /** @description Rows whose preference cannot be read: their numbers count as blocked for everything. */
            unclear: number;
            added: number | null;
            removed: number | null;
            /** @description Numbers in force with this version. */
            total: number | null;
            /** @description Rows read, so far while it is being loaded. */
            rows: number;
            /** @description Size of a file that is loaded in the background. */
            bytes: number | null;
            bytesRead: number | null;
            /** @description Why nothing of it was loaded. */
            error: string | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example null
             */
            finishedAt: string | null;
            /** @description The first hundred rows that were not taken as they stood; rows count from 1. */
            faults: {
                row: number;
                problem: string;
            }[];
        };
        RegisterUpload: {
            /** @description Whose numbers stand without a country code. Absent: the account's country. */
            country?: string;
            /**
             * @description `full` replaces the register, `update` adds and removes numbers.
             * @default full
             * @enum {string}
             */
            mode: "full" | "update";
            /**
             * @description What the rows of an update do that have no `operation` of their own.
             * @default add
             * @enum {string}
             */
            operation: "add" | "remove";
            /**
             * @description A full load may leave less than half of the numbers.
             * @default false
             * @enum {string}
             */
            allowShrink: "true" | "false";
            /**
             * Format: binary
             * @description csv with a `number` column, or of numbers alone. Optional columns: `category`, `preferredFrom`, `preferredTo`, `preferredDays`, `operation`.
             */
            file: string;
        };
        RegisterVersionPage: {
            items: components["schemas"]["RegisterVersion"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        RegisterVersion: {
            versionId: number;
            fileName: string;
            /**
             * @description A full load replaces the register, an update changes it.
             * @enum {string}
             */
            mode: "FULL" | "UPDATE";
            /** @enum {string} */
            status: "QUEUED" | "LOADING" | "DONE" | "FAILED";
            /** @description In force. */
            current: boolean;
            /** @description Distinct numbers in the file. */
            numbers: number;
            /** @description Rows that held no valid number, or no known operation. */
            rejected: number;
            /** @description Rows whose preference cannot be read: their numbers count as blocked for everything. */
            unclear: number;
            added: number | null;
            removed: number | null;
            /** @description Numbers in force with this version. */
            total: number | null;
            /** @description Rows read, so far while it is being loaded. */
            rows: number;
            /** @description Size of a file that is loaded in the background. */
            bytes: number | null;
            bytesRead: number | null;
            /** @description Why nothing of it was loaded. */
            error: string | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example null
             */
            finishedAt: string | null;
        };
        RegisterCheck: {
            number: string;
            registered: boolean;
            /** @description On the whitelist, so the register does not apply. */
            whitelisted: boolean;
            provider: string;
            /** @description The versions asked, such as `platform 3`. */
            version: string | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            askedAt: string;
            entries: {
                blocked: ("FINANCE" | "REAL_ESTATE" | "EDUCATION" | "HEALTH" | "CONSUMER_GOODS" | "COMMUNICATION" | "TOURISM")[];
                preferredFrom: string | null;
                preferredTo: string | null;
                /** @description ISO weekdays, 1 is Monday. */
                preferredDays: number[] | null;
            }[];
            /**
             * @description What a promotional flow of the category asked for may do now.
             * @enum {string}
             */
            promotional: "ALLOWED" | "BLOCKED" | "LATER";
            /**
             * Format: date-time
             * @example null
             */
            notBefore: string | null;
        };
        ContactLimits: {
            /** @description Calls to one number within a day of the person’s own calendar; text messages and mails likewise, each counted for itself. Null: no limit. */
            perDay: number | null;
            /** @description From the beginning of one contact to that of the next by the same medium. Null: none. */
            gapMs: number | null;
        };
        HolidayCalendarPage: {
            items: components["schemas"]["HolidayCalendar"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        HolidayCalendar: {
            id: number;
            /** @description Flows and requests name it by this in `holidayCalendars`. */
            name: string;
            /**
             * @description Only numbers of this country keep it. Null: everybody does.
             * @example IN
             */
            region: string | null;
            /** @description How many it has. */
            dates: number;
            /** @example 2026-01-26 */
            nextDate: string | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            updatedAt: string;
        };
        NewHolidayCalendar: {
            name: string;
            /**
             * @description Only numbers of this country keep it. Null: everybody does.
             * @example IN
             */
            region?: string | null;
        };
        HolidayCalendarChanges: {
            /**
             * @description Only numbers of this country keep it. Null: everybody does.
             * @example IN
             */
            region: string | null;
        };
        HolidayPage: {
            items: components["schemas"]["Holiday"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        Holiday: {
            /** Format: date */
            date: string;
            name: string;
        };
        HolidaysAdded: {
            added: number;
            updated: number;
            removed: number;
            dates: components["schemas"]["Holiday"][];
        };
        NewHolidays: {
            dates?: components["schemas"]["Holiday"][];
            /**
             * @description Lines of `date,name`, with a header or without.
             * @example 2026-01-26,Republic Day
             *     2026-08-15,Independence Day
             */
            csv?: string;
            /**
             * @description Take the other dates away.
             * @default false
             */
            replace: boolean;
        };
        HolidayImport: {
            country: string;
            /** @example KA */
            state?: string;
            year: number;
            /** @default false */
            replace: boolean;
        };
        PromotionalHoursPage: {
            items: components["schemas"]["PromotionalHours"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        PromotionalHours: {
            /** @description `built-in`, or a number. Attempts keep it as `PROMOTIONAL/IN/<id>`. */
            id: string;
            country: string;
            /** @description The first day, by the clock of the person. */
            effectiveFrom: string;
            source: string;
            windows: {
                /**
                 * @default [
                 *       1,
                 *       2,
                 *       3,
                 *       4,
                 *       5,
                 *       6,
                 *       7
                 *     ]
                 */
                days: number[];
                from: string;
                to: string;
            }[];
            replacesBuiltIn: boolean;
            createdBy: string | null;
            /**
             * Format: date-time
             * @example null
             */
            createdAt: string | null;
        };
        NewPromotionalHours: {
            country: string;
            /** Format: date */
            effectiveFrom: string;
            source: string;
            windows: {
                /**
                 * @default [
                 *       1,
                 *       2,
                 *       3,
                 *       4,
                 *       5,
                 *       6,
                 *       7
                 *     ]
                 */
                days: number[];
                from: string;
                to: string;
            }[];
            /** @default false */
            replacesBuiltIn: boolean;
        };
        TrunkPage: {
            items: components["schemas"]["Trunk"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        Trunk: {
            id: number;
            name: string;
            /** @description What the telephone server calls it. */
            endpoint: string;
            /** @description The channels of the trunk. */
            maxConcurrentCalls: number;
            maxCallsPerSecond: number;
            /** @description Taken in turn. A flow's own go before them. */
            callerIds: string[];
            /** @description In order of preference. */
            codecs: ("ulaw" | "alaw" | "g722" | "gsm")[];
            enabled: boolean;
            /** @description Of two trunks equally loaded the lower number is taken. */
            priority: number;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            callsInProgress: number;
            /** @description Begun by this account, over the last five seconds. */
            callsPerSecondNow: number;
            /**
             * @description `PARTLY_UP`: some workers can call by it. `UNSEEN`: no worker has said anything for half a minute, or the trunk is disabled.
             * @enum {string}
             */
            state: "UP" | "PARTLY_UP" | "DOWN" | "UNSEEN";
            /** @description How each worker sees it. `why` says which server does not answer, and since when. */
            workers: {
                worker: string;
                up: boolean;
                why: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                since: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                seenAt: string;
            }[];
        };
        DefaultLine: {
            callsInProgress: number;
            /** @description Begun by this account, over the last five seconds. */
            callsPerSecondNow: number;
            /**
             * @description `PARTLY_UP`: some workers can call by it. `UNSEEN`: no worker has said anything for half a minute, or the trunk is disabled.
             * @enum {string}
             */
            state: "UP" | "PARTLY_UP" | "DOWN" | "UNSEEN";
            /** @description How each worker sees it. `why` says which server does not answer, and since when. */
            workers: {
                worker: string;
                up: boolean;
                why: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                since: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T09:00:00.000Z
                 */
                seenAt: string;
            }[];
        };
        NewTrunk: {
            name: string;
            endpoint: string;
            maxConcurrentCalls?: number;
            maxCallsPerSecond?: number;
            callerIds?: string[];
            codecs?: ("ulaw" | "alaw" | "g722" | "gsm")[];
            enabled?: boolean;
            priority?: number;
        };
        TrunkChanges: {
            name?: string;
            endpoint?: string;
            maxConcurrentCalls?: number;
            maxCallsPerSecond?: number;
            callerIds?: string[];
            codecs?: ("ulaw" | "alaw" | "g722" | "gsm")[];
            enabled?: boolean;
            priority?: number;
        };
        TariffReply: {
            tariff: components["schemas"]["Tariff"];
        };
        Tariff: {
            currency: string;
            rates: {
                prefix: string;
                pulseSeconds: number;
                perPulse: string;
                setUp: string;
            }[];
            /**
             * @description A decimal as text.
             * @example 0.35
             */
            perSms: string;
            /**
             * @description A decimal as text.
             * @example 0.35
             */
            perMail: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            updatedAt: string;
        } | null;
        /** @description Amounts are decimals as text. The rate with the longest prefix that a number begins with counts; an empty prefix fits every number. */
        NewTariff: {
            currency: string;
            rates: {
                prefix: string;
                pulseSeconds: number;
                perPulse: string;
                /** @default 0 */
                setUp: string;
            }[];
            /** @default 0 */
            perSms: string;
            /** @default 0 */
            perMail: string;
        };
        /** @description Null where the account has no tariff. */
        RequestCost: {
            currency: string;
            /**
             * @description Of settled calls and messages, by the tariff as it is now.
             * @example 0.35
             */
            total: string;
            /** @description Answered calls that were charged. */
            calls: number;
            /** @description Answered calls to numbers that no rate fits. */
            unpriced: number;
            messages: number;
        } | null;
        DidPage: {
            items: components["schemas"]["Did"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        Did: {
            id: number;
            number: string;
            flowId: number;
            flowName: string;
            enabled: boolean;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            updatedAt: string;
        };
        NewDid: {
            /**
             * @description E.164, or as dialled in the account's country.
             * @example +912269001234
             */
            number: string;
            flowId?: number;
            flowName?: string;
            /**
             * @description Switched off, callers hear that there is no such number.
             * @default true
             */
            enabled: boolean;
        };
        DidChanges: {
            flowId?: number;
            flowName?: string;
            /** @description Switched off, callers hear that there is no such number. */
            enabled?: boolean;
        };
        Account: {
            id: number;
            name: string;
            timeZone: string;
            defaultCountry: string;
            holderEmail: string;
            maxConcurrentCalls: number;
            maxCallsPerSecond: number;
            transactionalContract: boolean;
            plainHttpWebhooks: boolean;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
        };
        MadeApiKey: {
            id: number;
            name: string;
            /** @description The first characters, to recognise it by. */
            prefix: string;
            scopes: string[];
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example null
             */
            lastUsedAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            revokedAt: string | null;
            /** @description Shown this once and not kept: null in a replayed reply. */
            key: string | null;
        };
        NewApiKey: {
            name: string;
            /** @description Absent: all. At most what the calling key may do itself. `*` is everything. */
            scopes?: ("*" | "account:read" | "requests:read" | "requests:write" | "flows:read" | "flows:write" | "prompts:read" | "prompts:write" | "lists:read" | "lists:write" | "reports:read" | "trunks:read" | "trunks:write" | "dids:read" | "dids:write" | "keys:read" | "keys:write" | "users:read" | "users:write")[];
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        ApiKey: {
            id: number;
            name: string;
            /** @description The first characters, to recognise it by. */
            prefix: string;
            scopes: string[];
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example null
             */
            lastUsedAt: string | null;
            /**
             * Format: date-time
             * @example null
             */
            revokedAt: string | null;
        };
        Me: {
            /** @description Null for a key. */
            user: {
                id: number;
                email: string;
                name: string;
                secondFactor: boolean;
            } | null;
            operations: boolean;
            /** @description The account acted for. */
            account: components["schemas"]["AccountOfMe"] | null;
            /** @description Those that may be acted for. */
            accounts: components["schemas"]["AccountOfMe"][];
            scopes: string[];
            /** @description Where to look further. */
            links: {
                temporalUi?: string;
                inbox?: string;
            };
        };
        AccountOfMe: {
            id: number;
            name: string;
            timeZone: string;
            defaultCountry: string;
            /**
             * @description Null for operations who do not belong to it.
             * @enum {string|null}
             */
            role: "owner" | "manager" | "supervisor" | "agent" | "viewer" | null;
        };
        SignedInAs: {
            me: components["schemas"]["Me"] | null;
        };
        SignedIn: {
            signedIn: boolean;
            /** @description A code is wanted: `POST /session/code`. */
            secondFactor: boolean;
        };
        SignIn: {
            email: string;
            password: string;
        };
        SignInCode: {
            code: string;
        } | {
            recoveryCode: string;
        };
        ForgottenPassword: {
            email: string;
        };
        PasswordByLink: {
            token: string;
            newPassword: string;
        };
        ActiveAccount: {
            /** @example 1 */
            accountId: number;
        };
        PasswordChange: {
            password: string;
            newPassword: string;
        };
        SecondFactorBegun: {
            /** @description `otpauth://` URI for an authenticator app. */
            uri: string;
            /** @description Each works once. Shown this once. */
            recoveryCodes: string[];
        };
        WithPassword: {
            password: string;
        };
        SecondFactorCode: {
            code: string;
        };
        RecoveryCodes: {
            recoveryCodes: string[];
        };
        UserPage: {
            items: components["schemas"]["User"][];
            /** @description For the next page; null on the last. */
            nextCursor: string | null;
        };
        User: {
            id: number;
            email: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "manager" | "supervisor" | "agent" | "viewer";
            /**
             * @description `INVITED`: no password has been set yet. `DISABLED`: may not act for this account.
             * @enum {string}
             */
            status: "INVITED" | "ACTIVE" | "DISABLED";
            secondFactor: boolean;
            /**
             * @description How the last link to set a password fared; null where none was asked for.
             * @enum {string|null}
             */
            invitation: "WAITING" | "RESERVED" | "SENT" | "FAILED" | null;
            /**
             * Format: date-time
             * @example 2026-01-31T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example null
             */
            disabledAt: string | null;
            /**
             * Format: date-time
             * @description Of a session that lasts.
             * @example null
             */
            lastSignInAt: string | null;
        };
        NewUser: {
            /** Format: email */
            email: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "manager" | "supervisor" | "agent" | "viewer";
        };
        UserChange: {
            /** @enum {string} */
            role?: "owner" | "manager" | "supervisor" | "agent" | "viewer";
            /** @description True: may not act for this account any more. */
            disabled?: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
