/**
 * The part of ARI that Clarion uses, as `ari-client` makes it from the server's own description. The
 * community's types for the library are of an older ARI: they lack creating, dialling, moving and filtering.
 */

export interface AriChannel {
  id: string;
  name: string;
  /** `Down`, `Ring` (calling us), `Ringing`, `Up`, ... */
  state: string;
  caller: { number: string };
  creationtime: string;
  dialplan: { context: string; app_name: string; app_data: string };
  /** Those that `telephony/asterisk/ari.conf` names; empty where not set. */
  channelvars?: Partial<
    Record<'CLARION_APP' | 'CLARION_CALL' | 'CHANNEL(userfield)' | 'AMDSTATUS' | 'AMDCAUSE', string>
  >;
}

/** The events that are read; every other field of an event is left alone. */
export interface AriEvent {
  type: string;
  /** ISO 8601, by the server's clock. */
  timestamp: string;
  channel?: AriChannel;
  /** Of `StasisStart`. */
  args?: string[];
  /** Of `ChannelDestroyed`: Q.850, and the SIP response where there was one. */
  cause?: number;
  tech_cause?: number;
  /** Of `ChannelDtmfReceived`. */
  digit?: string;
  playback?: { id: string; target_uri: string; state: string };
  recording?: {
    name: string;
    target_uri: string;
    duration?: number;
    silence_duration?: number;
    cause?: string;
  };
  application?: string;
}

type Command<Input, Output = unknown> = (input: Input) => Promise<Output>;
type OfChannel<More = object> = Command<{ channelId: string } & More>;

export interface AriClient {
  on(event: '*', listener: (event: AriEvent) => void): void;
  on(
    event: 'pong' | 'WebSocketConnected' | 'WebSocketReconnecting' | 'WebSocketMaxRetries',
    listener: () => void,
  ): void;
  start(app: string): Promise<void>;
  stop(): void;
  ping(): void;
  channels: {
    list(): Promise<AriChannel[]>;
    get: Command<{ channelId: string }, AriChannel>;
    create: Command<
      {
        channelId: string;
        endpoint: string;
        app: string;
        formats: string;
        variables: Record<string, string>;
      },
      AriChannel
    >;
    dial: OfChannel<{ timeout: number }>;
    answer: OfChannel;
    hangup: OfChannel<{ reason_code?: string }>;
    move: OfChannel<{ app: string; appArgs?: string }>;
    continueInDialplan: OfChannel<{ context: string; extension: string; priority: number }>;
    ring: OfChannel;
    ringStop: OfChannel;
    playWithId: OfChannel<{ playbackId: string; media: string[] }>;
    record: OfChannel<{
      name: string;
      format: string;
      maxDurationSeconds: number;
      maxSilenceSeconds: number;
      ifExists: string;
      beep: boolean;
      terminateOn: string;
    }>;
    snoopChannelWithId: OfChannel<{ snoopId: string; spy: string; app: string; appArgs: string }>;
    setChannelVar: OfChannel<{ variable: string; value: string }>;
  };
  applications: {
    subscribe: Command<{ applicationName: string; eventSource: string }>;
    filter: Command<{ applicationName: string; filter: { disallowed: { type: string }[] } }>;
  };
  asterisk: {
    getGlobalVar: Command<{ variable: string }, { value: string }>;
    /** Without a value the variable is forgotten. */
    setGlobalVar: Command<{ variable: string; value?: string }>;
  };
  bridges: {
    createWithId: Command<{ bridgeId: string; type: string }>;
    addChannel: Command<{ bridgeId: string; channel: string }>;
    destroy: Command<{ bridgeId: string }>;
  };
  endpoints: {
    get: Command<{ tech: string; resource: string }, { state: string }>;
  };
  playbacks: {
    get: Command<{ playbackId: string }, { state: string }>;
    stop: Command<{ playbackId: string }>;
  };
  recordings: {
    stop: Command<{ recordingName: string }>;
    getStoredFile: Command<{ recordingName: string }, Buffer>;
    deleteStored: Command<{ recordingName: string }>;
  };
}
