/** How much of something is done, as a bar and a number. */

interface Props {
  /** 0 to 100. */
  percent: number;
  text: string;
  label: string;
}

export function ProgressBar({ percent, text, label }: Props) {
  return (
    <span className="bar">
      <span
        className="bar-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
      >
        <span
          className="bar-fill"
          data-done={percent >= 100}
          style={{ width: `${percent}%`, display: 'block' }}
        />
      </span>
      <span>{text}</span>
    </span>
  );
}
