CREATE TABLE public.definitions (
    form text NOT NULL,
    version text NOT NULL,
    definition text NOT NULL
);
CREATE TABLE public.drafts (
    id text NOT NULL,
    form text NOT NULL,
    session text NOT NULL,
    raw json NOT NULL,
    updated bigint NOT NULL,
    expires bigint NOT NULL
);
CREATE TABLE public.events (
    id bigint NOT NULL,
    submission bigint NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    detail json NOT NULL
);
CREATE SEQUENCE public.events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.events_id_seq OWNED BY public.events.id;
CREATE TABLE public.outbox (
    id bigint NOT NULL,
    submission bigint NOT NULL,
    key text NOT NULL,
    department text NOT NULL,
    handler text NOT NULL,
    settings json NOT NULL,
    address text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_at bigint NOT NULL,
    holder text,
    payload bytea,
    cause text NOT NULL,
    fix text NOT NULL,
    settled bigint
);
CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;
CREATE TABLE public.schema_version (
    version integer NOT NULL
);
CREATE TABLE public.submissions (
    id bigint NOT NULL,
    reference text NOT NULL,
    form_token text NOT NULL,
    form text NOT NULL,
    version text NOT NULL,
    channel text NOT NULL,
    language text NOT NULL,
    received bigint NOT NULL,
    answers json NOT NULL,
    types json NOT NULL,
    decision json NOT NULL,
    department text NOT NULL,
    destinations integer NOT NULL
);
CREATE SEQUENCE public.submissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.submissions_id_seq OWNED BY public.submissions.id;
CREATE TABLE public.uploads (
    token text NOT NULL,
    filename text NOT NULL,
    media_type text,
    size bigint,
    sha256 text,
    submission bigint,
    expires bigint NOT NULL
);
ALTER TABLE ONLY public.events ALTER COLUMN id SET DEFAULT nextval('public.events_id_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);
ALTER TABLE ONLY public.submissions ALTER COLUMN id SET DEFAULT nextval('public.submissions_id_seq'::regclass);
INSERT INTO public.definitions VALUES ('pothole', 'v1', '{"form": "pothole"}');
INSERT INTO public.definitions VALUES ('lamp', 'e7b93165c0441509ef5117b8f2f9eaa0', '{"form":"lamp","languages":["en","fr"],"pages":[{"fields":{"call":{"show_when":{"danger":"yes"},"stops":true,"text":{"en":"Keep away and call 911.","fr":"Éloignez-vous et composez le 911."},"type":"notice"},"colour":{"choices":{"white":{"en":"White","fr":"Blanche"},"yellow":{"en":"Yellow","fr":"Jaune"}},"label":{"en":"What colour is its light?","fr":"De quelle couleur est sa lumière?"},"type":"choice"},"danger":{"label":{"en":"Are there bare wires?","fr":"Y a-t-il des fils dénudés?"},"type":"yes_no"},"details":{"label":{"en":"Anything else?","fr":"Autre chose?"},"required":false,"type":"long_text"},"name":{"label":{"en":"Your name","fr":"Votre nom"},"private":true,"required":false,"type":"text"},"out_since":{"label":{"en":"Since when is it out?","fr":"Depuis quand est-il éteint?"},"max":{"age":0},"required":false,"type":"date"},"photos":{"label":{"en":"Photos","fr":"Photos"},"max_files":3,"required":false,"type":"file"},"where":{"label":{"en":"Where is it?","fr":"Où est-il?"},"type":"location"}},"page":"lamp","title":{"en":"The lamp","fr":"Le lampadaire"}}],"summary":{"en":"A lamp that is out.","fr":"Un lampadaire éteint."},"title":{"en":"Report a street light","fr":"Signaler un lampadaire"}}');
INSERT INTO public.drafts VALUES ('draft', 'lamp', 'session', '{"colour": "yellow", "name": "Zo\u00eb"}', 1795387713380836, 17563387713380841);
INSERT INTO public.events VALUES (1, 1, 1772906400123456, 'received', '{"channel": "web"}');
INSERT INTO public.events VALUES (2, 1, 1772906400123456, 'routed', '{"route": "pothole-hazard", "send_to": "streets"}');
INSERT INTO public.events VALUES (3, 2, 1772906400000000, 'received', '{"channel": "web"}');
INSERT INTO public.events VALUES (4, 2, 1772906400000000, 'routed', '{"route": "dangerous-colour", "send_to": "lights"}');
INSERT INTO public.events VALUES (5, 3, 1772906400000000, 'received', '{"channel": "web"}');
INSERT INTO public.events VALUES (6, 3, 1772906400000000, 'routed', '{"route": "dangerous-colour", "send_to": "lights"}');
INSERT INTO public.events VALUES (7, 4, 1772906400000000, 'received', '{"channel": "web"}');
INSERT INTO public.events VALUES (8, 4, 1772906400000000, 'routed', '{"route": "dangerous-colour", "send_to": "lights"}');
INSERT INTO public.events VALUES (9, 1, 1795387713319758, 'delivered', '{"department": "streets", "handler": "email", "attempt": 1, "detail": "250 OK"}');
INSERT INTO public.events VALUES (10, 1, 1795387713335984, 'dead', '{"department": "ward-3", "handler": "desk", "attempt": 1, "cause": "HTTP 410: the receiver wants no more."}');
INSERT INTO public.events VALUES (11, 2, 1795387713354197, 'failed', '{"department": "lights", "handler": "email", "attempt": 1, "cause": "busy", "next_at": "2999-01-01T00:00:00+00:00"}');
INSERT INTO public.events VALUES (12, 2, 1795387713374899, 'delivered', '{"department": "lights", "handler": "webhook", "attempt": 1, "detail": "on the desk"}');
INSERT INTO public.outbox VALUES (5, 2, '55c4bb214dd16b4698d3b35cfcd0f0b0', 'lights', 'desk', '{}', '692c7f9bb83a49d42f8d511479f7b5cd', 'pending', 0, 1795387712971102, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (6, 2, 'f62eea35c6397598035e074bd501aef6', 'ward', 'email', '{"to": "ward@example.org"}', 'dd2a9c7b12501e54f60d4685679b00d1', 'pending', 0, 1795387712981662, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (7, 3, '3f8352c690d7dcb9ccfa9c1104c380ed', 'lights', 'email', '{"to": "lights@example.org"}', 'b3744a84315e4ae7fe34f6186bd70dd4', 'pending', 0, 1795387713037695, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (8, 3, 'ae88016b2efad9c72d47bcaef451c6a5', 'lights', 'webhook', '{"url": "http://127.0.0.1:8311/intake", "secret_env": "LIGHTS_SECRET"}', '7c1da0b4b5f745e22f89d2c2281ccddf', 'pending', 0, 1795387713039066, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (9, 3, 'cfdd9e542c1e67f68a2817ae9ab8a1ec', 'lights', 'desk', '{}', '692c7f9bb83a49d42f8d511479f7b5cd', 'pending', 0, 1795387713048156, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (10, 3, 'c4071f8894f2a9f9a26649ee34e881b6', 'ward', 'email', '{"to": "ward@example.org"}', 'dd2a9c7b12501e54f60d4685679b00d1', 'pending', 0, 1795387713049730, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (11, 4, 'bf1ec4b3f73689abd86a39f6c22385dd', 'lights', 'email', '{"to": "lights@example.org"}', 'b3744a84315e4ae7fe34f6186bd70dd4', 'pending', 0, 1795387713096209, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (12, 4, '44365e860cfb22d3c08014864515669d', 'lights', 'webhook', '{"url": "http://127.0.0.1:8311/intake", "secret_env": "LIGHTS_SECRET"}', '7c1da0b4b5f745e22f89d2c2281ccddf', 'pending', 0, 1795387713100103, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (13, 4, '3e97533e516f4cb5f65472e6615d4ca6', 'lights', 'desk', '{}', '692c7f9bb83a49d42f8d511479f7b5cd', 'pending', 0, 1795387713277920, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (14, 4, '1a0bfa4b052c35433d33fa4c4f8ddc73', 'ward', 'email', '{"to": "ward@example.org"}', 'dd2a9c7b12501e54f60d4685679b00d1', 'pending', 0, 1795387713279423, NULL, NULL, '', '', NULL);
INSERT INTO public.outbox VALUES (1, 1, 'b99115e71b0994d5f977af98e2b9fb39', 'streets', 'email', '{"to": "streets@example.org"}', '25acd13ed209b3996c08bf9795c7ed6e', 'delivered', 1, 17563387713303171, NULL, NULL, '', '', 1795387713316352);
INSERT INTO public.outbox VALUES (2, 1, '15f134d14d54f1dc0fb81f5e71a7bd6d', 'ward-3', 'desk', '{}', '1044b8275ddce5d87198effc845cebe5', 'dead', 1, 17563387713323712, NULL, '\x6c657474657200ff', 'HTTP 410: the receiver wants no more.', 'Ask the department.', 1795387713333863);
INSERT INTO public.outbox VALUES (3, 2, 'f8cc053db104fc6183ef9c5bd3710a85', 'lights', 'email', '{"to": "lights@example.org"}', 'b3744a84315e4ae7fe34f6186bd70dd4', 'pending', 1, 32472144000000000, NULL, '\x6c657474657200ff', 'busy', 'Wait.', NULL);
INSERT INTO public.outbox VALUES (4, 2, '8ca070212a5703c9c84b72b612f720c8', 'lights', 'webhook', '{"url": "http://127.0.0.1:8311/intake", "secret_env": "LIGHTS_SECRET"}', '7c1da0b4b5f745e22f89d2c2281ccddf', 'delivered', 1, 17563387713364116, NULL, NULL, '', '', 1795387713373392);
INSERT INTO public.schema_version VALUES (1);
INSERT INTO public.submissions VALUES (1, 'WPG-1', 'token of WPG-1', 'pothole', 'v1', 'web', 'fr', 1772906400123456, '{"danger": false, "surface": "lane", "depth_cm": 12, "cost": "10.50", "seen_on": "2026-03-01", "seen_at": "23:15:00", "needs": ["ramp", "lift"], "where": {"address": "510 Main St", "latitude": "49.8997", "longitude": "-97.1375"}, "corner": {"address": "Portage & Main"}, "details": "Tr\u00e8s profond, pr\u00e8s de l''entr\u00e9e \ud83d\udd73", "owner": {"name": "Zo\u00eb", "born": "1990-01-02"}, "rows": [{"kind": "noise", "on": "2026-02-03"}, {"kind": "other", "on": "2026-02-04"}]}', '{"cost": "decimal", "seen_on": "date", "seen_at": "time", "where": "location", "corner": "location", "owner": {"born": "date"}, "rows": [{"on": "date"}, {"on": "date"}]}', '{"form": "pothole", "table": "streets", "route": "pothole-hazard", "send_to": "streets", "copy_to": ["ward-3"], "priority": "urgent", "due": "2026-03-09T18:00:00.123456+00:00", "tags": ["hazard"], "notices": [], "trace": [{"table": "streets", "route": "pothole-hazard", "test": "depth_cm is at least 10", "met": true}]}', 'streets', 2);
INSERT INTO public.submissions VALUES (2, 'SMA-2026-LAMP1', '00903b35b33dc80d9058e53bea6d93acca59e2dbd81e4dd47a346422c51729f2', 'lamp', 'e7b93165c0441509ef5117b8f2f9eaa0', 'web', 'en', 1772906400000000, '{"danger": false, "where": {"address": "510 Main St"}, "colour": "yellow", "out_since": "2026-03-01", "details": "Behind the old school.\nIt blinks, tr\u00e8s vite.", "photos": [{"token": "hphwYTKYws739Qy9sMlrOQ", "filename": "photo1.png", "media_type": "image/png", "size": 108}], "name": "Zo\u00eb Tremblay"}', '{"where": "location", "out_since": "date", "photos": ["upload"]}', '{"form": "lamp", "table": "lamps", "route": "dangerous-colour", "send_to": "lights", "copy_to": ["ward"], "priority": "urgent", "due": "2026-03-09T12:00:00-05:00", "tags": ["ward"], "notices": [], "trace": [{"table": "lamps", "route": "dangerous-colour", "test": "colour is Yellow", "met": true}, {"table": "copies", "route": "ward-wants-yellow", "test": "colour is Yellow", "met": true}]}', 'lights', 4);
INSERT INTO public.submissions VALUES (3, 'SMA-2026-LAMP2', '17b9639c99eebb8bf27dc599a4ae762accf05843cd8d926270098df9403f6c83', 'lamp', 'e7b93165c0441509ef5117b8f2f9eaa0', 'web', 'fr', 1772906400000000, '{"danger": false, "where": {"address": "510 Main St"}, "colour": "yellow", "out_since": "2026-03-01", "details": "Behind the old school.\nIt blinks, tr\u00e8s vite.", "name": "Zo\u00eb Tremblay"}', '{"where": "location", "out_since": "date"}', '{"form": "lamp", "table": "lamps", "route": "dangerous-colour", "send_to": "lights", "copy_to": ["ward"], "priority": "urgent", "due": "2026-03-09T12:00:00-05:00", "tags": ["ward"], "notices": [], "trace": [{"table": "lamps", "route": "dangerous-colour", "test": "colour is Yellow", "met": true}, {"table": "copies", "route": "ward-wants-yellow", "test": "colour is Yellow", "met": true}]}', 'lights', 4);
INSERT INTO public.submissions VALUES (4, 'SMA-2026-LAMP3', '52300c648d7bf3be9967637971f2df7210fc207355efc3cffdd86324cc972f20', 'lamp', 'e7b93165c0441509ef5117b8f2f9eaa0', 'web', 'en', 1772906400000000, '{"danger": false, "where": {"address": "510 Main St"}, "colour": "yellow", "out_since": "2026-03-01", "details": "Behind the old school.\nIt blinks, tr\u00e8s vite.", "name": "Zo\u00eb Tremblay"}', '{"where": "location", "out_since": "date"}', '{"form": "lamp", "table": "lamps", "route": "dangerous-colour", "send_to": "lights", "copy_to": ["ward"], "priority": "urgent", "due": "2026-03-09T12:00:00-05:00", "tags": ["ward"], "notices": [], "trace": [{"table": "lamps", "route": "dangerous-colour", "test": "colour is Yellow", "met": true}, {"table": "copies", "route": "ward-wants-yellow", "test": "colour is Yellow", "met": true}]}', 'lights', 4);
INSERT INTO public.uploads VALUES ('hphwYTKYws739Qy9sMlrOQ', 'photo1.png', 'image/png', 108, 'a1f76d954944aa5baf6d59cbc33793432c6aed8cb308b595e15055a9e37185b7', 2, 1795560512912309);
SELECT pg_catalog.setval('public.events_id_seq', 12, true);
SELECT pg_catalog.setval('public.outbox_id_seq', 14, true);
SELECT pg_catalog.setval('public.submissions_id_seq', 4, true);
ALTER TABLE ONLY public.definitions
    ADD CONSTRAINT definitions_pkey PRIMARY KEY (form, version);
ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_key_key UNIQUE (key);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_form_token_key UNIQUE (form_token);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (token);
CREATE INDEX drafts_by_expiry ON public.drafts USING btree (expires);
CREATE INDEX events_of_submission ON public.events USING btree (submission);
CREATE INDEX outbox_by_department ON public.outbox USING btree (department, handler, submission);
CREATE INDEX outbox_due ON public.outbox USING btree (state, next_at, id);
CREATE INDEX outbox_of_submission ON public.outbox USING btree (submission);
CREATE INDEX submissions_by_department ON public.submissions USING btree (department, received);
CREATE INDEX uploads_of_submission ON public.uploads USING btree (submission, expires);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_submission_fkey FOREIGN KEY (submission) REFERENCES public.submissions(id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_submission_fkey FOREIGN KEY (submission) REFERENCES public.submissions(id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_form_version_fkey FOREIGN KEY (form, version) REFERENCES public.definitions(form, version);
ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_submission_fkey FOREIGN KEY (submission) REFERENCES public.submissions(id);
